import { describe, expect, it } from "vitest";
import { fill, slotsBefore } from "./slots.ts";

describe("slots", () => {
  it("leave no moment of a million statements far from one before it, and none of the last ones", () => {
    const now = 1_000_000;
    const at = slotsBefore(now)
      .map((slot) => slot.at)
      .sort((a, b) => a - b);
    const gap = (moment: number): number => moment - at.findLast((ticks) => ticks <= moment)!;
    for (let moment = 0; moment <= now; moment += 999) expect(gap(moment)).toBeLessThan(60_000);
    for (let back = 0; back < 60_000; back += 333) expect(gap(now - back)).toBeLessThanOrEqual(4_000);
  });

  it("of a short past are few", () => {
    expect(slotsBefore(100).map(({ at }) => at)).toEqual([0, 0, 0, 0]);
    expect(slotsBefore(10_000).length).toBeLessThan(8);
  });

  it("are filled by the run that fits best, and by each run once", () => {
    const slots = [
      { at: 100, from: 50, to: 150 },
      { at: 120, from: 90, to: 200 },
      { at: 500, from: 400, to: 600 },
    ];
    expect(fill(slots, [130, 95, 700])).toEqual([1, 0, null]);
    expect(fill(slots, [120])).toEqual([0, null, null]);
  });
});
