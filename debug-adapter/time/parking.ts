/** Runs that stand still, each at a moment of its own, so that no journey has to begin at the start. */

import { platform } from "../platform/platform.ts";
import type { Run } from "../session/run.ts";
import { compare, type Moment } from "./moment.ts";
import { fill, slotsBefore } from "./slots.ts";

const MOST = 44;
/** Of the heap: above the first share nothing is added, above the second runs are given up. */
const ROOM_TO_ADD = 0.5;
const ROOM_TO_KEEP = 0.65;
const FEWEST = 4;

export class Parking {
  readonly #runs = new Set<Run>();
  /** Does a run go along the current course? */
  readonly #fits: (run: Run) => boolean;
  /** Statements of the past before which the slots lie. */
  #present = 0;

  constructor(fits: (run: Run) => boolean) {
    this.#fits = fits;
  }

  /** The user looks at this moment. */
  present(moment: Moment): void {
    this.#present = moment.ticks;
  }

  has(run: Run): boolean {
    return this.#runs.has(run);
  }

  /** Keeps a run that stands; another may have to go for it. */
  add(run: Run): void {
    this.#runs.add(run);
    while (this.#runs.size > MOST || (this.#runs.size > FEWEST && !platform().heapBelow(ROOM_TO_KEEP))) {
      const victim = this.#leastUseful(run);
      this.#runs.delete(victim);
      victim.discard();
    }
  }

  /** The run is in use. */
  remove(run: Run): void {
    this.#runs.delete(run);
  }

  /** The latest run at or before a moment of the current course. */
  nearest(before: Moment): Run | null {
    let best: Run | null = null;
    for (const run of this.#runs) {
      if (compare(run.moment, before) > 0 || !this.#fits(run)) continue;
      if (best === null || compare(run.moment, best.moment) > 0) best = run;
    }
    return best;
  }

  /**
   * What is wanted most and missing: a place, and the run that would be moved there, which fills a place that is wanted
   * less (or none); null for a new one. Null if nothing is missing, or there is no room.
   */
  get missing(): { at: number; from: Run | null } | null {
    const { runs, slots, filled } = this.#filled();
    const i = filled.indexOf(null);
    if (i < 0) return null;
    const { at, from } = slots[i]!;
    const needed = new Set(filled.slice(0, i));
    let best: Run | null = null;
    runs.forEach((run, n) => {
      if (needed.has(n) || run.moment.ticks > at || run.moment.ticks >= from) return;
      if (best === null || compare(run.moment, best.moment) > 0) best = run;
    });
    return best === null && !platform().heapBelow(ROOM_TO_ADD) ? null : { at, from: best };
  }

  discard(): void {
    for (const run of this.#runs) run.discard();
    this.#runs.clear();
  }

  #filled() {
    const runs = [...this.#runs].filter((run) => this.#fits(run));
    const slots = slotsBefore(this.#present);
    const filled = fill(
      slots,
      runs.map((run) => run.moment.ticks),
    );
    return { runs, slots, filled };
  }

  /** The run whose loss costs least. */
  #leastUseful(latest: Run): Run {
    const strange = [...this.#runs].find((run) => run !== latest && !this.#fits(run));
    if (strange !== undefined) return strange;
    const { runs, filled } = this.#filled();
    const order = [...runs.keys()].sort((a, b) => compare(runs[a]!.moment, runs[b]!.moment));
    const useful = new Set(filled);
    let victim: Run | null = null;
    let least = Number.POSITIVE_INFINITY;
    order.forEach((n, place) => {
      const run = runs[n]!;
      // the last one is the way back to where the recording ends
      if (useful.has(n) || run === latest || place === order.length - 1) return;
      const before = runs[order[place - 1]!]?.moment.ticks ?? 0;
      if (run.moment.ticks - before < least) [victim, least] = [run, run.moment.ticks - before];
    });
    if (victim !== null) return victim;
    const last = filled.findLast((n) => n !== null && runs[n] !== latest);
    return runs[last ?? 0] ?? latest;
  }
}
