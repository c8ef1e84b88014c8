import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import type { Transition } from "../machine/schedule.ts";
import { Driver } from "./driver.ts";
import type { Searcher, Step } from "./step.ts";

/** Always prefers the first of the options that it is shown. */
const first = {
  name: "first",
  begin: () => true,
  pick: (_step: Step) => 0,
  end: () => {},
} as unknown as Searcher;

/** CPU 0 runs ksoftirqd; CPU 1 is idle, or handles an interrupt on top of idling. Who goes on? */
function chosen(onTop: "process" | "hardirq" | "softirq"): number {
  const task = (id: number, nice: number, idle: boolean, kind: string) => ({
    id,
    nice,
    idle,
    context: { kind },
    pending: { object: null, how: "other", site: 0 },
  });
  const cpus = [
    { id: 0, current: task(1, 19, false, "softirq") },
    { id: 1, current: task(2, 0, true, onTop) },
  ];
  const machine = { cpus, tasks: [] } as unknown as Machine;
  const driver = new Driver(machine, first, {
    of: () => ({ key: 0, how: "other", site: 0 }),
    restart: () => {},
  } as never);
  const transitions = [0, 1].map((cpu) => ({ kind: "run", cpu, id: cpu })) as unknown as Transition[];
  return driver.pick(transitions, 0, false, 1);
}

describe("those who only wait come last", () => {
  it("ksoftirqd lets a handler go on that interrupted an idle CPU", () => {
    expect(chosen("hardirq")).toBe(1);
    expect(chosen("softirq")).toBe(1);
  });

  it("an idle CPU is no reason to hold ksoftirqd back", () => {
    expect(chosen("process")).toBe(0);
  });
});
