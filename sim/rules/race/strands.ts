/**
 * Strands: what executes in an order of its own. A task's process context is one; so are the softirqs of a CPU, which
 * never interrupt each other, and each interrupt vector of a CPU.
 */
import type { Context } from "../../machine/model.ts";
import { learn, type VectorClock } from "./clock.ts";

export interface Strand {
  readonly id: number;
  readonly clock: VectorClock;
  /** What it knew at its last barrier for stores: a store after that publishes it. */
  published: VectorClock | null;
  /** What it learns at its next barrier for loads: published by the stores whose values it has loaded. */
  loaded: VectorClock | null;
}

export class Strands {
  readonly #byContext = new WeakMap<Context, Strand>();
  readonly #byName = new Map<string, Strand>();
  /** Strands that run on top of tasks. */
  readonly #atomic: Strand[] = [];
  #count = 0;

  of(context: Context): Strand {
    let strand = this.#byContext.get(context);
    if (strand === undefined) {
      strand = this.#named(context);
      this.#byContext.set(context, strand);
    }
    return strand;
  }

  /** What all softirqs and interrupts have done so far. */
  learnAtomic(into: Strand): void {
    for (const strand of this.#atomic) {
      learn(into.clock, strand.clock);
      advance(strand);
    }
  }

  #named(context: Context): Strand {
    const name =
      context.kind === "process"
        ? `task ${context.task.id}`
        : context.kind === "softirq"
          ? `softirq ${context.cpu}`
          : `${context.name} ${context.cpu}`;
    let strand = this.#byName.get(name);
    if (strand === undefined) {
      const id = ++this.#count;
      const clock: VectorClock = new Array<number>(id).fill(0);
      clock.push(1);
      strand = { id, clock, published: null, loaded: null };
      this.#byName.set(name, strand);
      if (context.kind !== "process") this.#atomic.push(strand);
    }
    return strand;
  }
}

/** Time goes on for the strand: what it does from here on is not known to those who learned from it. */
export function advance(strand: Strand): void {
  strand.clock[strand.id]!++;
}
