/** The portfolio: mostly uniform walks over one shared variable, and some of each other kind for what those are blind to. */
import type { RunEnd, Searcher, Step } from "../step.ts";
import { PctSearch } from "./pct.ts";
import { PosSearch } from "./pos.ts";
import { RandomSearch } from "./random-walk.ts";
import { UniformSearch } from "./urw.ts";

const S = 0;
/** Who plays which of twenty runs. */
const TURNS = [S, 1, S, 2, S, S, S, S, S, 3, S, S, S, 4, S, S, S, S, S, S] as const;

export class AutoSearch implements Searcher {
  readonly name = "auto";
  readonly #members: readonly Searcher[];
  #turn: Searcher;

  constructor(seed: number) {
    this.#members = [
      new UniformSearch(seed, true),
      new PosSearch(seed + 1),
      new PctSearch(seed + 2, { racyOnly: true }),
      new RandomSearch(seed + 3),
      new UniformSearch(seed + 4, false),
    ];
    this.#turn = this.#members[S]!;
  }

  begin(run: number): boolean {
    this.#turn = this.#members[TURNS[run % TURNS.length]!]!;
    return this.#turn.begin(run);
  }

  pick(step: Step): number {
    return this.#turn.pick(step);
  }

  /** Whatever a run shows, all learn from it. */
  end(end: RunEnd): void {
    for (const member of this.#members) member.end(end);
  }
}
