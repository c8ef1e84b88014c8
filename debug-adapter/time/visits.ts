/** Notes each time that some statements are reached. */
import type { CpuId } from "../../sim/machine/model.ts";
import type { Target } from "../breakpoints/userBreakpoint.ts";
import type { Run } from "../session/run.ts";
import type { Arrival, Equip } from "./travel.ts";

/** `cpu`: only that one counts. */
export function visitsOf(targets: readonly Target[], cpu: CpuId | null): Equip {
  return (run: Run, found: (arrival: Arrival) => void) => {
    const { machine, lab } = run;
    const arm = (armed: 0 | 1): void => {
      for (const { module, pc } of targets) {
        const bytes = lab.modules.get(module)?.breakpoints;
        if (bytes !== undefined) bytes[pc] = armed;
      }
    };
    arm(1);
    machine.debugger.onBreakpoint = (hit) => {
      const isMeant = targets.some(({ module, pc }) => pc === hit.pc && module === hit.frame.fn.module);
      if (isMeant && (cpu === null || cpu === hit.cpu))
        found({
          moment: { ticks: machine.tickCount, stalls: machine.stallCount },
          reason: "goto",
          cpu: hit.cpu,
        });
      return null;
    };
    return () => arm(0);
  };
}
