/** Breakpoint modes: on which CPU and in which context a breakpoint stops. */
import type { Hit } from "../../sim/machine/debugger.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import type { Dap } from "../protocol.ts";

export const MODES: Dap.BreakpointMode[] = [
  {
    mode: "all",
    label: "All CPUs",
    description: "Stop wherever the line is reached.",
    appliesTo: ["source"],
  },
  {
    mode: "cpu",
    label: "This CPU only",
    description: "Stop only on the CPU that was in focus when the breakpoint was set.",
    appliesTo: ["source"],
  },
  {
    mode: "process",
    label: "Process context only",
    description: "Stop only where no interrupt or softirq is on top.",
    appliesTo: ["source"],
  },
  { mode: "softirq", label: "Softirq only", appliesTo: ["source"] },
  { mode: "hardirq", label: "Interrupt only", appliesTo: ["source"] },
];

export function isMode(mode: string): boolean {
  return MODES.some((one) => one.mode === mode);
}

/** `focus` is the CPU that `cpu` means. */
export function allows(mode: string | undefined, focus: CpuId, { cpu, context }: Hit): boolean {
  if (mode === undefined || mode === "all") return true;
  return mode === "cpu" ? cpu === focus : context.kind === mode;
}
