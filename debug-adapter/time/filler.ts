/** While the user thinks: parks runs at moments from where journeys back are short, and learns what was recorded. */
import { platform } from "../platform/platform.ts";
import { pausing, type Run } from "../session/run.ts";
import { scout } from "./scout.ts";
import type { Timeline } from "./timeline.ts";
import type { Equip } from "./travel.ts";

const IDLE_MS = 250;
/** So much processor time it may take between two stops. */
const BUDGET_US = 60e6;

/** The past that is to be prepared, and how a run is made to note its stops. */
export interface Work {
  readonly timeline: Timeline;
  readonly run: Run;
  readonly look: Equip;
}

export class Filler {
  readonly #work: () => Work | null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #turn = 0;

  /** `work` names what is to be prepared, as long as nothing else happens. */
  constructor(work: () => Work | null) {
    this.#work = work;
  }

  /** Begins soon, from the beginning. */
  start(): void {
    this.stop();
    const turn = this.#turn;
    this.#timer = setTimeout(() => void this.#fill(turn), IDLE_MS);
  }

  stop(): void {
    this.#turn++;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #fill(turn: number): Promise<void> {
    const work = this.#work();
    if (work === null || work.run.noDebug) return;
    const before = platform().cpuTimeUs();
    const goOn = (): boolean =>
      this.#turn === turn && this.#work() !== null && platform().cpuTimeUs() - before < BUDGET_US;
    const { timeline, run, look } = work;
    // a run close by serves the next step back, whatever is asked for; then what has happened is worth most
    if (goOn() && !(await timeline.fillGap(goOn)) && !goOn()) return;
    await pausing();
    if (!goOn() || !(await scout(timeline, run.moment, look, goOn))) return;
    do await pausing();
    while (goOn() && (await timeline.fillGap(goOn)));
  }
}
