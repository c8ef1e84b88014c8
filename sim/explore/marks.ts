/**
 * Marks of a run: the hash of its history at each decision. They tell where a changed program's run parts from a recorded
 * one, even if every decision still fits.
 */
import type { Machine } from "../machine/machine.ts";
import type { Decision, Strategy, Transition } from "../machine/schedule.ts";
import { Replay } from "../machine/schedule.ts";
import type { Runner } from "./runner.ts";

/** Of each hash so much is kept. */
const LETTERS = 8;

/** Plays recorded decisions, and tells before each of them what the history is. */
export class MarkedReplay implements Strategy {
  readonly #replay: Replay;
  readonly #machine: Machine;
  readonly #mark: (index: number, hash: string, point: number) => void;

  constructor(
    decisions: readonly Decision[],
    machine: Machine,
    mark: (index: number, hash: string, point: number) => void,
  ) {
    this.#replay = new Replay(decisions);
    this.#machine = machine;
    this.#mark = mark;
  }

  runLength(point: number): number {
    return this.#replay.runLength(point);
  }

  pick(transitions: readonly Transition[], current: number, voluntary: boolean, point: number): number {
    return this.#marked(point, () => this.#replay.pick(transitions, current, voluntary, point));
  }

  choose(what: string, n: number, point: number): number {
    return this.#marked(point, () => this.#replay.choose(what, n, point));
  }

  /** Going on as before is no decision of the recording: it has no mark. */
  #marked(point: number, decide: () => number): number {
    const index = this.#replay.position;
    const hash = this.#machine.historyHash.slice(0, LETTERS);
    const chosen = decide();
    if (this.#replay.position > index) this.#mark(index, hash, point);
    return chosen;
  }
}

/** Plays the decisions once more for their marks; null if there was no time for all of them. */
export function marksOf(
  runner: Runner,
  decisions: readonly Decision[],
  mayGoOn: () => boolean,
): string[] | null {
  const marks: string[] = [];
  const strategy = new MarkedReplay(decisions, runner.lab.machine, (_, hash) => marks.push(hash));
  const { reason } = runner.play(strategy, { mayGoOn });
  return reason === "stopped" || reason === "diverged" ? null : marks;
}
