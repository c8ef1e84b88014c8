/** While the user thinks: parks runs at moments from where journeys back are short. */
import { pausing, type Run } from "../session/run.ts";
import type { Timeline } from "./timeline.ts";

const IDLE_MS = 250;
/** A recording shorter than this is run again from its start just as fast. */
const WORTHWHILE_TICKS = 20_000;
/** Runs parked evenly over the recording, so that no moment is far from one. */
const PARTS = 6;
/** Distances before the current moment. */
const CLOSE = [150, 500, 1_500, 6_000, 30_000];

export class Filler {
  readonly #work: () => { timeline: Timeline; run: Run } | null;
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;

  /** `work` names what is to be prepared, as long as nothing else happens. */
  constructor(work: () => { timeline: Timeline; run: Run } | null) {
    this.#work = work;
  }

  start(): void {
    this.stop();
    const turn = this.#turn;
    this.#timer = setTimeout(() => void this.#fill(turn), IDLE_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#turn++;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #fill(turn: number): Promise<void> {
    const goOn = (): boolean => this.#turn === turn && this.#work() !== null;
    while (goOn()) {
      const { timeline, run } = this.#work()!;
      const target = missing(timeline, run);
      if (target === null) return;
      const moment = { ticks: target, stalls: 0 };
      const made = await timeline.reachAnew(moment, goOn);
      if (made !== null) timeline.park(made);
      await pausing();
    }
  }
}

/** A moment near which no run is parked, the most wanted first. */
function missing(timeline: Timeline, run: Run): number | null {
  const now = run.moment.ticks;
  if (now < WORTHWHILE_TICKS) return null;
  const parked = timeline.parked.map((one) => one.moment.ticks);
  const isParked = (from: number, to: number): boolean =>
    parked.some((ticks) => ticks >= from && ticks <= to);
  for (const distance of CLOSE) if (!isParked(now - 2 * distance, now - distance / 2)) return now - distance;
  const part = now / (PARTS + 1);
  for (let i = PARTS; i > 0; i--)
    if (!isParked((i - 0.5) * part, (i + 0.5) * part)) return Math.round(i * part);
  return null;
}
