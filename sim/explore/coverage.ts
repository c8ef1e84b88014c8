/** What a search has seen: which operations that conflict happened in both orders, and what interrupts came between. */
import type { Operations } from "./operations.ts";
import { type Agent, dependent, type Executed, type Operation } from "./step.ts";

export interface CoverageReport {
  /** Pairs of conflicting operations seen in one order, and in both: as sorted numbers, for merging. */
  readonly pairs: readonly string[];
}

interface Last {
  readonly agent: Agent;
  readonly operation: Operation;
}

export class Coverage {
  readonly #operations: Operations;
  readonly #pairs = new Set<string>();
  readonly #seen = new Set<number>();

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  /** Notes which operation followed which on each key, where another agent did the first one. */
  add(trace: readonly Executed[]): void {
    const last = new Map<number, Last>();
    for (const { agent, operation } of trace) {
      if (operation.key === 0) continue;
      const before = last.get(operation.key);
      last.set(operation.key, { agent, operation });
      if (before === undefined || before.agent === agent || !dependent(before.operation, operation)) continue;
      this.#note(before.operation, operation);
    }
  }

  report(): CoverageReport {
    return { pairs: [...this.#pairs].sort() };
  }

  #note(a: Operation, b: Operation): void {
    const number = ((a.key * 8191 + a.site) * 8191 + b.site) * 16 + HOW[a.how] * 4 + HOW[b.how];
    if (this.#seen.has(number)) return;
    this.#seen.add(number);
    this.#pairs.add(`${this.#text(a)} > ${this.#text(b)}`);
  }

  #text({ key, how, site }: Operation): string {
    const place = this.#operations.placeOf(site);
    return `${this.#operations.nameOf(key)} ${how}${place ? ` ${place.file}:${place.line}:${place.column}` : ""}`;
  }
}

const HOW = { read: 0, write: 1, acquire: 2, release: 3 } as const;

/** How many pairs were seen at all, and how many of them in both orders. */
export function pairCounts(pairs: Iterable<string>): { pairs: number; bothOrders: number } {
  const all = new Set(pairs);
  let both = 0;
  const unordered = new Set<string>();
  for (const pair of all) {
    const [a, b] = pair.split(" > ") as [string, string];
    const id = a < b ? pair : `${b} > ${a}`;
    if (unordered.has(id)) continue;
    unordered.add(id);
    if (all.has(`${a} > ${b}`) && all.has(`${b} > ${a}`)) both++;
  }
  return { pairs: unordered.size, bothOrders: both };
}
