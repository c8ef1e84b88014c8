/**
 * Partial order sampling: what each agent is about to do has a random priority; the best happens, and everything that it
 * races with draws anew.
 */
import { type Agent, dependent, type Operation, type Searcher, type Step } from "../step.ts";
import { RandomSearch } from "./random-walk.ts";

interface Draw {
  readonly operation: Operation;
  readonly priority: number;
}

export class PosSearch extends RandomSearch implements Searcher {
  override readonly name = "pos";
  #draws = new Map<Agent, Draw>();

  override begin(run: number): boolean {
    this.#draws = new Map();
    return super.begin(run);
  }

  override pick({ options, what }: Step): number {
    if (what !== null) return this.random.below(options.length);
    let best = 0;
    let highest = -1;
    for (let i = 0; i < options.length; i++) {
      const { agent, operation } = options[i]!;
      let draw = this.#draws.get(agent);
      if (draw === undefined || draw.operation !== operation) {
        draw = { operation, priority: this.random.u32() };
        this.#draws.set(agent, draw);
      }
      if (draw.priority > highest) {
        highest = draw.priority;
        best = i;
      }
    }
    const chosen = options[best]!;
    this.#draws.delete(chosen.agent);
    for (const { agent, operation } of options)
      if (agent !== chosen.agent && dependent(operation, chosen.operation)) this.#draws.delete(agent);
    return best;
  }
}
