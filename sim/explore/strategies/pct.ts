/**
 * Probabilistic concurrency testing: agents have random priorities, the highest runs, and at d-1 random moments the running
 * one falls below all others. Counted are all steps, or only those that raced in earlier runs.
 */
import type { Agent, Operation, RunEnd, Searcher, Step } from "../step.ts";
import { RacyKeys } from "./racy-keys.ts";
import { RandomSearch } from "./random-walk.ts";

export class PctSearch extends RandomSearch implements Searcher {
  override readonly name: string;
  readonly #depth: number;
  readonly #racyOnly: boolean;
  readonly #racy = new RacyKeys();
  #length = 20;
  #counted = 0;
  #steps = 0;
  #changes: number[] = [];
  #priorities = new Map<Agent, number>();

  constructor(seed: number, options: { depth?: number; racyOnly?: boolean } = {}) {
    super(seed);
    this.#depth = options.depth ?? 3;
    this.#racyOnly = options.racyOnly ?? false;
    this.name = `${this.#racyOnly ? "racy-" : ""}pct-${this.#depth}`;
  }

  override begin(run: number): boolean {
    super.begin(run);
    this.#priorities = new Map();
    this.#steps = 0;
    this.#changes = Array.from({ length: this.#depth - 1 }, () => 1 + this.random.below(this.#length));
    return true;
  }

  override pick({ options, what }: Step): number {
    if (what !== null) return this.random.below(options.length);
    let best = this.#highest(options);
    const { agent, operation } = options[best]!;
    if (this.#counts(operation)) {
      this.#steps++;
      const change = this.#changes.indexOf(this.#steps);
      if (change >= 0) {
        this.#priorities.set(agent, -1 - change);
        best = this.#highest(options);
      }
    }
    return best;
  }

  override end(end: RunEnd): void {
    this.#racy.learn(end.trace);
    this.#counted = 0;
    for (const { operation } of end.trace) if (this.#counts(operation)) this.#counted++;
    this.#length = Math.max(this.#length, this.#counted);
  }

  #counts(operation: Operation): boolean {
    return this.#racyOnly ? this.#racy.has(operation.key) : operation.key !== 0;
  }

  #highest(options: Step["options"]): number {
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < options.length; i++) {
      const { agent } = options[i]!;
      let priority = this.#priorities.get(agent);
      if (priority === undefined) {
        priority = this.random.u32();
        this.#priorities.set(agent, priority);
      }
      if (priority > highest) {
        highest = priority;
        best = i;
      }
    }
    return best;
  }
}
