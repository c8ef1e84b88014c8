/** The event that tells a client why everything stands still. */
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { Violation } from "../../sim/machine/events.ts";
import type { Dap } from "../protocol.ts";
import { timeText } from "./cpuView.ts";
import type { Run } from "./run.ts";

const WORDS: Readonly<Record<StopInfo["reason"], string>> = {
  breakpoint: "breakpoint",
  "function breakpoint": "function breakpoint",
  step: "step",
  pause: "pause",
  entry: "entry",
  violation: "violation",
};

export function stoppedBody(run: Run, stop: StopInfo, violation: Violation | null): Dap.StoppedEvent["body"] {
  const reason = violation === null ? stop.reason : "violation";
  const when = `t = ${timeText(run.machine.nowNs)}, tick ${run.machine.pointCount}`;
  const ids = Array.isArray(stop.detail) ? (stop.detail as number[]) : [];
  return {
    reason: reason === "violation" ? "exception" : reason,
    // Short: a client that shows it beside the CPU's name has little room.
    description: `Paused on ${WORDS[reason]}`,
    threadId: stop.cpu + 1,
    allThreadsStopped: true,
    text: violation === null ? when : violation.message,
    ...(ids.length > 0 ? { hitBreakpointIds: ids } : {}),
  };
}
