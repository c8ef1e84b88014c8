/** What holds on one path, or on several that agree in all that rules look at. */
import { Cells } from "./cells.ts";
import { Cow } from "./cow.ts";
import type { Span } from "./finding.ts";

export type LockKind = "spin" | "read" | "write" | "mutex" | "semaphore" | "rtnl" | "xmit" | "base";

export interface Held {
  /** The instance, as far as it can be told. */
  readonly id: string;
  /** The class: the same in all functions; null if it cannot be told. */
  readonly cls: string | null;
  readonly name: string;
  readonly kind: LockKind;
  readonly variant: "plain" | "bh" | "irq" | "irqsave";
  /** Null: held by the caller in the kernel. */
  readonly at: Span | null;
}

/** A thing that rules follow: an skb, a device, memory, a request of an interrupt. */
export interface Tracked {
  readonly kind: string;
  readonly st: string;
  readonly at: Span;
  readonly data?: string;
}

export class State {
  cells: Cells;
  readonly facts: Cow<boolean>;
  held: readonly Held[];
  irqOff = false;
  bh = 0;
  preempt = 0;
  readonly objs: Cow<Tracked>;
  readonly counts: Cow<number>;

  constructor(from?: State) {
    this.cells = from?.cells.clone() ?? new Cells();
    this.facts = new Cow(from?.facts);
    this.objs = new Cow(from?.objs);
    this.counts = new Cow(from?.counts);
    this.held = from?.held ?? [];
    if (from) {
      this.irqOff = from.irqOff;
      this.bh = from.bh;
      this.preempt = from.preempt;
    }
  }

  clone(): State {
    return new State(this);
  }

  /** A number that tells the visits of one place on this path apart. */
  occurrence(site: string): number {
    const n = (this.counts.get(site) ?? 0) + 1;
    this.counts.set(site, n);
    return n;
  }

  /** What rules see; paths that agree in it may be merged. */
  property(): string {
    const objs = [...this.objs].map(([id, o]) => `${id}=${o.st}`).sort();
    const held = this.held.map((h) => `${h.id}/${h.variant}`);
    return `${this.irqOff ? 1 : 0}|${this.bh}|${this.preempt}|${held.join()}|${objs.join()}`;
  }
}

function mergeInto(into: State, other: State, site: string): void {
  // a place that is passed twice gives two values
  const phi = `${site}~${into.occurrence(site)}`;
  into.cells.merge(other.cells, phi);
  for (const [key, value] of [...into.facts]) if (other.facts.get(key) !== value) into.facts.delete(key);
  for (const [site, n] of other.counts) into.counts.set(site, Math.max(n, into.counts.get(site) ?? 0));
}

/** Merges paths that agree in their properties, if there are more than `limit` of them. */
export function merge<T>(
  items: readonly T[],
  state: (item: T) => State,
  extra: (item: T) => string,
  phi: string,
  limit: number,
): T[] {
  if (items.length <= limit) return [...items];
  const groups = new Map<string, T>();
  for (const item of items) {
    const key = `${state(item).property()}|${extra(item)}`;
    const first = groups.get(key);
    if (first === undefined) groups.set(key, item);
    else mergeInto(state(first), state(item), phi);
  }
  // more than that are not followed: what is not seen is not reported
  return [...groups.values()].slice(0, limit * 3);
}
