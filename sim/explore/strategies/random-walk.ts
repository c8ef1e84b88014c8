/** Draws among all that may happen, each time anew. */
import { Random } from "../../machine/random.ts";
import type { RunEnd, Searcher, Step } from "../step.ts";

export class RandomSearch implements Searcher {
  readonly name: string = "random";
  readonly #seed: number;
  protected random = new Random(0);

  constructor(seed: number) {
    this.#seed = seed;
  }

  begin(run: number): boolean {
    this.random = new Random(this.#seed ^ Math.imul(run + 1, 0x9e3779b9), 7);
    return true;
  }

  pick({ options }: Step): number {
    return this.random.below(options.length);
  }

  end(_end: RunEnd): void {}
}
