/** What is arranged for one resumption, and undone at the stop that ends it. */
import { freeze, freezeOthers } from "./cpuControl.ts";
import type { Session } from "./session.ts";

/** How the run goes on until the next stop. */
export interface Resumption {
  /** The other CPUs stand meanwhile. */
  readonly only?: number | undefined;
  /** Stops at the next statement of this CPU. */
  readonly stopOn?: number;
  readonly atStop?: () => void;
}

export class Meanwhile {
  readonly #session: Session;
  /** CPUs that stand until the next stop. */
  #held: readonly number[] = [];
  #atStop: (() => void) | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Others stand while one CPU runs alone. The past goes as it went, whoever is stepped in it. */
  arrange({ only, atStop }: Resumption): void {
    const session = this.#session;
    this.#atStop = atStop ?? null;
    if (only === undefined || session.stoppedInPast() || session.live.machine.ended !== null) return;
    this.#held = freezeOthers(session, only);
  }

  restore(): void {
    this.#atStop?.();
    this.#atStop = null;
    const held = this.#held;
    this.#held = [];
    if (held.length > 0 && this.#session.live.machine.ended === null) freeze(this.#session, held, false);
  }

  /** Another program runs: there is nothing left to undo. */
  clear(): void {
    this.#held = [];
    this.#atStop = null;
  }
}
