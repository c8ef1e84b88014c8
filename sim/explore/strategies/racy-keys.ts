/** Objects and variables that more than one agent used, one of them to change it: learnt run by run. */
import type { Agent, Executed } from "../step.ts";

interface Use {
  readonly first: Agent;
  shared: boolean;
  written: boolean;
}

export class RacyKeys {
  readonly #uses = new Map<number, Use>();

  learn(trace: readonly Executed[]): void {
    for (const { agent, operation } of trace) {
      if (operation.key === 0) continue;
      const use = this.#uses.get(operation.key);
      const written = operation.how !== "read";
      if (use === undefined) this.#uses.set(operation.key, { first: agent, shared: false, written });
      else {
        use.shared ||= use.first !== agent;
        use.written ||= written;
      }
    }
  }

  has(key: number): boolean {
    const use = this.#uses.get(key);
    return use?.shared === true && use.written;
  }
}
