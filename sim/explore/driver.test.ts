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

function driverOf(cpus: readonly object[]): Driver {
  const machine = { cpus, tasks: [] } as unknown as Machine;
  return new Driver(machine, first, {
    of: () => ({ key: 1, how: "other", site: 0 }),
    restart: () => {},
  } as never);
}

const run = (cpu: number): Transition => ({ kind: "run", cpu, id: cpu }) as unknown as Transition;

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
  return driverOf(cpus).pick([run(0), run(1)], 0, false, 1);
}

describe("those who only wait come last", () => {
  it("ksoftirqd lets a handler go on that interrupted an idle CPU", () => {
    expect(chosen("hardirq")).toBe(1);
    expect(chosen("softirq")).toBe(1);
  });

  it("ksoftirqd goes on where the task before it looks again and again", () => {
    const tasks = [0, 19].map((nice, id) => ({
      id,
      nice,
      idle: false,
      context: { kind: "process" },
      pending: {},
    }));
    const machine = { cpus: [{ id: 0, current: tasks[0] }], tasks } as unknown as Machine;
    const driver = new Driver(machine, first, {
      of: () => ({ key: 1, how: "read", site: 7 }),
      restart: () => {},
    } as never);
    const ksoftirqd = { kind: "task", cpu: 0, id: 1, nice: 19 } as unknown as Transition;
    const chosen = Array.from({ length: 6 }, () => driver.pick([run(0), ksoftirqd], 0, true, 1));
    expect(chosen[0]).toBe(0);
    expect(chosen).toContain(1);
  });

  it("an idle CPU is no reason to hold ksoftirqd back", () => {
    expect(chosen("process")).toBe(0);
  });
});

describe("nobody goes on for ever while others could", () => {
  const task = (id: number) => ({
    id,
    nice: 0,
    idle: false,
    context: { kind: "process" },
    pending: { site: 0 },
  });
  const cpus = [0, 1].map((id) => ({ id, current: task(id) }));

  it("a CPU that a strategy prefers always lets the others act now and then", () => {
    const driver = driverOf(cpus);
    const others = Array.from({ length: 30_000 }, () => driver.pick([run(0), run(1)], 0, false, 1));
    expect(others.filter((chosen) => chosen === 1).length).toBeGreaterThan(100);
    expect(others.indexOf(1)).toBeGreaterThan(5_000);
  });

  it("nor does it help to be as nice as they are", () => {
    const nice = cpus.map((cpu) => ({ ...cpu, current: { ...cpu.current, nice: 19 } }));
    const driver = driverOf(nice);
    const others = Array.from({ length: 30_000 }, () => driver.pick([run(0), run(1)], 0, false, 1));
    expect(others).toContain(1);
  });

  it("who is alone is not held up for it later", () => {
    const driver = driverOf(cpus);
    for (let i = 0; i < 30_000; i++) driver.only(run(0));
    expect(driver.pick([run(0), run(1)], 0, false, 1)).toBe(0);
  });
});
