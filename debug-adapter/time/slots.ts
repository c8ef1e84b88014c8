/** Where runs are best parked: close together just before the present, evenly over the rest of the past. */

/** A place for one run; all numbers count statements. */
export interface Slot {
  readonly at: number;
  /** A run that stands from here to there fills it. */
  readonly from: number;
  readonly to: number;
}

/**
 * Slots before the present, so far from each other. A journey uses up one run, and what lies closer than its goal cannot
 * serve it: closer ones would save a few milliseconds at most, and one step back over a call would pass by them all.
 */
const CLOSE = 16;
const SPACING = 4_000;
/** Even parts of the past; a short one has fewer. */
const MOST_PARTS = 16;
const SHORTEST_PART = 20_000;
/** Runs that have been booted and wait at the start. */
const SPARES = 4;
/** The first close slots and every so manyth even one come before the others. */
const FIRST = 3;

/** The slots of a past of `now` statements, the most wanted first. */
export function slotsBefore(now: number): Slot[] {
  const parts = Math.min(MOST_PARTS, Math.floor(now / SHORTEST_PART));
  const part = now / (parts + 1);
  const close: Slot[] = [];
  for (let i = 1; i <= CLOSE && i * SPACING < now; i++) {
    const at = now - i * SPACING;
    close.push({ at, from: at - SPACING / 2, to: at + SPACING / 2 });
  }
  const even: Slot[] = [];
  for (let i = parts; i > 0; i--) even.push({ at: i * part, from: (i - 0.5) * part, to: (i + 0.5) * part });
  const spares = Array.from({ length: SPARES }, () => ({ at: 0, from: 0, to: 0 }));
  return [
    ...close.slice(0, FIRST),
    ...even.filter((_, i) => i % 4 === 3),
    ...spares,
    ...close.slice(FIRST),
    ...even.filter((_, i) => i % 4 !== 3),
  ].map(({ at, from, to }) => ({ at: Math.round(at), from: Math.max(0, from), to }));
}

/** Which run fills which slot, the most wanted first; a run fills one at most. `runs`: where they stand. */
export function fill(slots: readonly Slot[], runs: readonly number[]): (number | null)[] {
  const free = new Set(runs.keys());
  return slots.map(({ at, from, to }) => {
    let best: number | null = null;
    for (const i of free) {
      const ticks = runs[i]!;
      if (ticks < from || ticks > to) continue;
      if (best === null || Math.abs(ticks - at) < Math.abs(runs[best]! - at)) best = i;
    }
    if (best !== null) free.delete(best);
    return best;
  });
}
