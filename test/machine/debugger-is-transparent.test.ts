/** Whatever the debugger does while it only looks, the history is the same. */
import { describe, expect, it } from "vitest";
import type { Lab } from "../../sim/lab/lab.ts";
import { makeLab } from "../support/lab.ts";

const SNULL = "examples/snull/snull.ts";

function historyOf(lab: Lab): string {
  lab.runToEnd();
  return lab.machine.historyHash;
}

describe("a run of snull", () => {
  const plain = historyOf(makeLab({ model: SNULL, workload: "smoke", config: { seed: 3 } }));

  it("has the same history without rules", () => {
    expect(historyOf(makeLab({ model: SNULL, workload: "smoke", config: { seed: 3 }, rules: false }))).toBe(
      plain,
    );
  });

  it("has the same history with every statement armed and every condition false", () => {
    const lab = makeLab({ model: SNULL, workload: "smoke", config: { seed: 3 } });
    for (const module of lab.modules.values()) module.breakpoints.fill(1);
    let asked = 0;
    lab.machine.debugger.onBreakpoint = () => {
      asked++;
      return null;
    };
    expect(historyOf(lab)).toBe(plain);
    expect(asked).toBeGreaterThan(50_000);
  });

  it("has the same history in slices of odd sizes, with pauses and steps in between", () => {
    const lab = makeLab({ model: SNULL, workload: "smoke", config: { seed: 3 } });
    const { machine } = lab;
    for (let i = 0; ; i++) {
      if (i % 7 === 0) machine.debugger.pause();
      const state = lab.run(1 + ((i * 7919) % 977));
      if (state.kind === "ended") break;
      if (state.kind === "stopped") machine.debugger.step(state.stop.cpu, i % 2 === 0 ? "over" : "in");
    }
    expect(machine.historyHash).toBe(plain);
  });

  it("has another history under another seed", () => {
    expect(historyOf(makeLab({ model: SNULL, workload: "smoke", config: { seed: 4 } }))).not.toBe(plain);
  });
});

describe("a run with weak ordering", () => {
  const request = { model: "examples/labnic/labnic.ts", workload: "smoke", config: { weak: true, seed: 3 } };
  const plain = historyOf(makeLab(request));

  it("has the same history without rules", () => {
    expect(historyOf(makeLab({ ...request, rules: false }))).toBe(plain);
  });
});

describe("a step", () => {
  it("ends on the CPU where it started, in the function or one of its callers", () => {
    const lab = makeLab({ model: SNULL, workload: "flood-tx", config: { seed: 5 } });
    const { machine } = lab;
    for (let i = 0; i < 60; i++) {
      machine.debugger.pause();
      let state = lab.run(3_001);
      while (state.kind === "slice") state = lab.run(3_001);
      if (state.kind === "ended") return;
      const { cpu, frame } = state.stop;
      const task = machine.cpus[cpu]!.current;
      machine.debugger.step(cpu, "over");
      state = lab.run(1 << 20);
      while (state.kind === "slice") state = lab.run(1 << 20);
      if (state.kind === "ended") return;
      expect(state.stop.reason).toBe("step");
      expect(state.stop.cpu).toBe(cpu);
      if (machine.cpus[cpu]!.current === task)
        expect(state.stop.frame!.depth).toBeLessThanOrEqual(frame!.depth);
      machine.debugger.clear();
      const next = lab.run(997);
      if (next.kind === "ended") return;
    }
  });
});
