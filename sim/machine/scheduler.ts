/** Asks the strategy, and records what it decided. */
import type { Clock } from "./clock.ts";
import type { HistoryHash } from "./history-hash.ts";
import type { Decision, Strategy, Transition } from "./schedule.ts";
import type { Running } from "./stack.ts";

const KIND_NUMBER = { run: 0, task: 1, vector: 2, hardware: 3 } as const;

export class Scheduler {
  readonly decisions: Decision[] = [];
  readonly #strategy: Strategy;
  readonly #running: Running;
  readonly #clock: Clock;
  readonly #hash: HistoryHash;

  constructor(strategy: Strategy, running: Running, clock: Clock, hash: HistoryHash) {
    this.#strategy = strategy;
    this.#running = running;
    this.#clock = clock;
    this.#hash = hash;
    this.drawRunLength();
  }

  /** Draws after how many scheduling points the next decision is due. */
  drawRunLength(): void {
    this.#clock.decideAfter(this.#strategy.runLength(this.#clock.pointCount));
  }

  /** The transition that happens; null if the current CPU goes on (`voluntary`), or if nothing can happen. */
  pick(transitions: readonly Transition[], voluntary: boolean): Transition | null {
    if (transitions.length === 0) return null;
    const point = this.#clock.pointCount;
    const current = this.#running.cpu.id;
    if (transitions.length === 1 && (!voluntary || transitions[0]!.kind === "run")) {
      this.#strategy.only?.(transitions[0]!);
      return voluntary ? null : transitions[0]!;
    }
    const t = transitions[this.#strategy.pick(transitions, current, voluntary, point)]!;
    if (voluntary && t.kind === "run" && t.cpu === current) return null;
    this.record(t);
    return t;
  }

  /** `t` is what happens here. */
  record(t: Transition): void {
    const point = this.#clock.pointCount;
    this.decisions.push([point, t.kind, t.cpu, t.id]);
    this.#hash.int(point);
    this.#hash.int((t.cpu << 2) | KIND_NUMBER[t.kind]);
    this.#hash.int(t.id);
  }

  /** A decision among `n` alternatives that is none about who runs. */
  choose(what: string, n: number): number {
    if (n <= 1) return 0;
    const point = this.#clock.pointCount;
    const value = this.#strategy.choose(what, n, point);
    this.decisions.push([point, "choose", what, value]);
    this.#hash.int(value);
    return value;
  }
}
