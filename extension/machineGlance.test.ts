import { expect, test } from "vitest";
import { cursorsIn, type MachineGlance, statusText, statusTooltip } from "./machineGlance.ts";

const glance: MachineGlance = {
  tick: 120,
  timeNs: 1_204_000,
  seed: 7,
  timeline: 1,
  past: true,
  cpus: [
    { id: 0, context: "process", frozen: false, place: { file: "/m.ts", line: 4 } },
    { id: 1, context: "softirq", frozen: true, place: { file: "/m.ts", line: 4 } },
    { id: 2, context: "hardirq", frozen: false, place: { file: "/n.ts", line: 1 } },
    { id: 3, context: "process", frozen: false, place: null },
  ],
};

test("the status bar tells time, direction and seed", () => {
  expect(statusText(glance)).toBe("◀ 1.204 ms · tick 120 · seed 7");
  expect(statusText({ ...glance, past: false, timeline: 3 })).toBe(
    "▶ 1.204 ms · tick 120 · timeline 3 · seed 7",
  );
  expect(statusTooltip(glance)).toMatch(/recorded past/);
});

test("CPUs stand where they are, in their files", () => {
  expect(cursorsIn(glance, "/m.ts")).toEqual([{ line: 3, text: "CPU 0 process · CPU 1 softirq frozen" }]);
  expect(cursorsIn(glance, "/n.ts")).toEqual([{ line: 0, text: "CPU 2 hardirq" }]);
  expect(cursorsIn(glance, "/other.ts")).toEqual([]);
});
