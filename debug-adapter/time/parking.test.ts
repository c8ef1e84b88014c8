import { beforeAll, describe, expect, it } from "vitest";
import { nodePlatform } from "../platform/node.ts";
import { installPlatform } from "../platform/platform.ts";
import type { Run } from "../session/run.ts";
import { Parking } from "./parking.ts";

interface Parked {
  readonly moment: { ticks: number; stalls: number };
  readonly strange?: boolean;
  discarded: boolean;
  discard(): void;
}

/** A run as far as parking goes. */
function runAt(ticks: number, strange = false): Run & Parked {
  const run: Parked = {
    moment: { ticks, stalls: 0 },
    strange,
    discarded: false,
    discard() {
      run.discarded = true;
    },
  };
  return run as Run & Parked;
}

const parking = (): Parking => new Parking((run) => (run as unknown as Parked).strange !== true);
const NOW = 1_000_000;

describe("parking", () => {
  beforeAll(() => installPlatform(nodePlatform()));

  it("hands out the latest run before a moment, of the current course", () => {
    const lot = parking();
    const runs = [runAt(100), runAt(700), runAt(900, true), runAt(2_000)];
    for (const run of runs) lot.add(run);
    expect(lot.nearest({ ticks: 1_000, stalls: 0 })).toBe(runs[1]);
    expect(lot.nearest({ ticks: 99, stalls: 0 })).toBeNull();
  });

  it("moves runs up to the places that are wanted more, and new ones to the last", () => {
    const lot = parking();
    lot.present({ ticks: NOW, stalls: 0 });
    expect(lot.missing).toEqual({ at: NOW - 4_000, from: null });
    const far = runAt(400_000);
    lot.add(far);
    expect(lot.missing).toEqual({ at: NOW - 4_000, from: far });
    const close = runAt(NOW - 4_000);
    lot.add(close);
    // the closest is where it is wanted most: it stays
    expect(lot.missing).toEqual({ at: NOW - 8_000, from: far });
  });

  it("ends with every place filled, and with no more runs than there is room for", () => {
    const lot = parking();
    lot.present({ ticks: NOW, stalls: 0 });
    let filled = 0;
    for (let gap = lot.missing; gap !== null && filled < 1_000; gap = lot.missing, filled++) {
      if (gap.from !== null) lot.remove(gap.from);
      lot.add(runAt(gap.at));
    }
    expect(lot.missing).toBeNull();
    expect(filled).toBeLessThan(400);
    const end = runAt(2 * NOW);
    lot.add(end);
    const crowd = Array.from({ length: 60 }, (_, i) => runAt(NOW + 10 * i));
    for (const run of crowd) lot.add(run);
    // those that nobody misses go; the places and the way back to the end stay
    expect(crowd.filter(({ discarded }) => discarded).length).toBeGreaterThan(40);
    expect(end.discarded).toBe(false);
    expect(lot.missing).toBeNull();
  });

  it("gives up first what does not belong to the current course", () => {
    const lot = parking();
    lot.present({ ticks: NOW, stalls: 0 });
    const old = runAt(500, true);
    lot.add(old);
    for (let n = 0; n < 44; n++) lot.add(runAt(20_000 * n));
    expect(old.discarded).toBe(true);
  });
});
