/**
 * Schedules: the decisions of a run. Whenever more than one thing may happen next, the machine lists the possible
 * {@link Transition}s and a {@link Strategy} picks one. What was picked is recorded; a {@link Replay} picks it again.
 */
import type { CpuId } from "./model.ts";
import { Random } from "./random.ts";

export type Transition =
  /** The CPU's current task goes on. */
  | { readonly kind: "run"; readonly cpu: CpuId; readonly id: 0 }
  /** The CPU switches to task `id`. */
  | { readonly kind: "task"; readonly cpu: CpuId; readonly id: number; readonly nice: number }
  /** The CPU takes the interrupt vector `id`. */
  | { readonly kind: "vector"; readonly cpu: CpuId; readonly id: number }
  | HardwareTransition;

/** The hardware's agent `id` does its next step, on no CPU (-1). */
export interface HardwareTransition {
  readonly kind: "hardware";
  readonly cpu: -1;
  readonly id: number;
  /** It may as well never happen by itself: in fixed order it comes last. */
  readonly lazy: boolean;
}

/** A transition after which a CPU executes. */
export type CpuTransition = Exclude<Transition, HardwareTransition>;

/** One recorded decision: at scheduling point `point`, either a transition or the choice of an alternative. */
export type Decision =
  | readonly [point: number, kind: Transition["kind"], cpu: CpuId, id: number]
  | readonly [point: number, kind: "choose", what: string, value: number];

/** Draws the decisions. `current` is the CPU that executes, or -1 if none can. */
export interface Strategy {
  /** How many points may pass before `pick` is asked, if nothing forces it earlier. */
  runLength(pointCount: number): number;
  /** Index of the transition that happens; `voluntary` is false where the current CPU cannot go on. */
  pick(transitions: readonly Transition[], current: CpuId, voluntary: boolean, pointCount: number): number;
  /** A value in 0 … n-1; 0 is the plain alternative. */
  choose(what: string, n: number, pointCount: number): number;
  /** Told instead of asked: at a point where something was due to be decided, this is all that can happen. */
  only?(transition: Transition): void;
}

const MEAN_RUN_LENGTH = 20;

/** The default of `run`: a seeded random walk with a mean run length of 20 scheduling points. */
export class RandomWalk implements Strategy {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed, 1);
  }

  runLength(): number {
    return this.#random.below(2 * MEAN_RUN_LENGTH - 1);
  }

  pick(transitions: readonly Transition[]): number {
    const i = this.#random.below(transitions.length);
    const t = transitions[i]!;
    // a task of nice 19 gets a tenth of its turns while anything else may run
    if (t.kind === "task" && t.nice > 0 && transitions.length > 1 && this.#random.below(10) !== 0) {
      const others = transitions.flatMap((o, k) => (o.kind === "task" && o.nice > 0 ? [] : [k]));
      if (others.length > 0) return others[this.#random.below(others.length)]!;
    }
    return i;
  }

  choose(_what: string, n: number): number {
    return this.#random.below(n);
  }
}

/**
 * No preemption: the current CPU goes on as long as it can, interrupts are taken and hardware works at once, the lowest CPU
 * comes first.
 */
export class FixedOrder implements Strategy {
  runLength(): number {
    return 1 << 29;
  }

  pick(transitions: readonly Transition[], current: CpuId): number {
    const rank = (t: Transition): number =>
      t.kind === "hardware"
        ? t.lazy
          ? 5 * 1024
          : -1
        : (t.kind === "vector" ? 0 : t.kind === "run" ? (t.cpu === current ? 1 : 2) : t.nice > 0 ? 4 : 3) *
            1024 +
          t.cpu;
    let best = 0;
    for (let i = 1; i < transitions.length; i++)
      if (rank(transitions[i]!) < rank(transitions[best]!)) best = i;
    return best;
  }

  choose(): number {
    return 0;
  }
}

/** Raised when a recorded schedule does not fit the program that is run. */
export class ScheduleDivergence extends Error {
  override readonly name = "ScheduleDivergence";
}

/** Picks what a recording says. After its last decision the run goes on in fixed order. */
export class Replay implements Strategy {
  readonly #decisions: readonly Decision[];
  readonly #after: Strategy;
  #next = 0;

  constructor(decisions: readonly Decision[], after: Strategy = new FixedOrder()) {
    this.#decisions = decisions;
    this.#after = after;
  }

  /** How many recorded decisions have been taken. */
  get position(): number {
    return this.#next;
  }

  /** True while recorded decisions are left. */
  get replaying(): boolean {
    return this.#next < this.#decisions.length;
  }

  runLength(pointCount: number): number {
    const next = this.#decisions[this.#next];
    if (next === undefined) return this.#after.runLength(pointCount);
    // inline choices do not stop the run: find the next switch
    for (let i = this.#next; i < this.#decisions.length; i++) {
      const d = this.#decisions[i]!;
      if (d[1] !== "choose") return Math.max(0, d[0] - pointCount - 1);
    }
    return 1 << 29;
  }

  pick(transitions: readonly Transition[], current: CpuId, voluntary: boolean, pointCount: number): number {
    const next = this.#decisions[this.#next];
    if (next === undefined) return this.#after.pick(transitions, current, voluntary, pointCount);
    if (voluntary && (next[0] > pointCount || next[1] === "choose")) {
      const stay = transitions.findIndex((t) => t.kind === "run" && t.cpu === current);
      if (stay >= 0) return stay;
    }
    const found =
      next[1] === "choose" || next[0] !== pointCount
        ? -1
        : transitions.findIndex((t) => t.kind === next[1] && t.cpu === next[2] && t.id === next[3]);
    if (found < 0) throw new ScheduleDivergence(divergence(next, pointCount, transitions));
    this.#next++;
    return found;
  }

  choose(what: string, n: number, pointCount: number): number {
    const next = this.#decisions[this.#next];
    if (next === undefined) return this.#after.choose(what, n, pointCount);
    if (next[1] !== "choose" || next[0] !== pointCount || next[2] !== what || next[3] >= n) {
      throw new ScheduleDivergence(divergence(next, pointCount, []));
    }
    this.#next++;
    return next[3];
  }
}

function divergence(expected: Decision, pointCount: number, possible: readonly Transition[]): string {
  const can = possible.map((t) => `${t.kind} cpu ${t.cpu}${t.id ? ` ${t.id}` : ""}`).join(", ");
  return (
    `the schedule parts from this program at scheduling point ${pointCount}: ` +
    `recorded is ${expected[1]} ${expected[2]} ${expected[3]} at point ${expected[0]}` +
    (can ? `, possible are ${can}` : "")
  );
}
