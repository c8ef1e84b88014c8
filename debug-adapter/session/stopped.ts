/** The event that tells a client why everything stands still. */
import type { StopInfo, StopReason } from "../../sim/machine/debugger.ts";
import type { LockLike, Place, Violation } from "../../sim/machine/events.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { Happening } from "../breakpoints/happening.ts";
import type { Dap } from "../protocol.ts";
import type { Timeline } from "../time/timeline.ts";
import { timeText } from "./cpuView.ts";
import { lockName, waitText } from "./lockName.ts";
import { END_OF_RECORDING, type Run } from "./run.ts";

const WORDS: Readonly<Record<StopInfo["reason"], string>> = {
  breakpoint: "breakpoint",
  "function breakpoint": "function breakpoint",
  step: "step",
  "data breakpoint": "data breakpoint",
  goto: "goto",
  position: "position",
  stalled: "blocked",
  event: "event",
  pause: "pause",
  entry: "entry",
  violation: "violation",
};

/** Detail of the stop where a journey back cannot go further. */
export const BEGINNING = "the beginning of the recording";

/** Stops that are told in words of their own. */
const TOLD_AS_PAUSE: ReadonlySet<StopReason> = new Set(["position", "stalled"]);

export function stoppedBody(
  run: Run,
  stop: StopInfo,
  violation: Violation | null,
  timeline: Timeline,
  blocked: string | null,
): Dap.StoppedEvent["body"] {
  const reason = violation === null ? stop.reason : "violation";
  const when = `t = ${timeText(run.machine.nowNs)}, tick ${run.machine.pointCount}`;
  const ids = idsOf(stop);
  const what = stop.detail instanceof Happening ? stop.detail.text : null;
  const past = timeline.isPast(run.moment) ? ` ${inThePast(run, timeline)}` : "";
  return {
    reason: reason === "violation" ? "exception" : TOLD_AS_PAUSE.has(reason) ? "pause" : reason,
    // Short: a client that shows it beside the CPU's name has little room.
    description: `${past === "" ? "" : "◀ "}${blocked ?? headline(reason, stop)}`,
    threadId: stop.cpu + 1,
    allThreadsStopped: true,
    text: `${violation?.message ?? blocked ?? what ?? when}${past}`,
    ...(ids.length > 0 ? { hitBreakpointIds: [...ids] } : {}),
  };
}

function headline(reason: StopReason, { detail }: StopInfo): string {
  if (detail === BEGINNING) return "Paused at the beginning of the recording";
  if (detail === END_OF_RECORDING) return "Paused at the end of the recording — continue live?";
  return `Paused on ${WORDS[reason]}`;
}

function idsOf({ detail }: StopInfo): readonly number[] {
  if (detail instanceof Happening) return detail.ids;
  return Array.isArray(detail) ? (detail as number[]) : [];
}

/** How far before the end of the recording the run stands. */
function inThePast(run: Run, timeline: Timeline): string {
  const statements = timeline.branch.end.ticks - run.moment.ticks;
  return `(in the past: t = ${timeText(run.machine.nowNs)}, ${statements} statements before the end)`;
}

/** `CPU 1 waits for &priv->lock held by CPU 0 (frozen), taken at snull.ts:88`. */
export function whyBlocked(run: Run, cpu: CpuId, contended?: LockLike): string {
  const task = run.machine.cpus[cpu]!.current;
  const on = contended ?? (task.waitsOn as LockLike | null);
  const frozen = run.machine.cpus.filter((one) => one.frozen).map(({ id }) => `CPU ${id}`);
  const only = `only ${frozen.join(", ")} (frozen) could go on`;
  const holder = on === null ? null : run.lab.rules.state.locks.holder(on);
  if (holder === null)
    return task.waitsFor === null
      ? `CPU ${cpu} has nothing to do; ${only}`
      : `CPU ${cpu} cannot go on: ${waitText(run, task)}; ${only}`;
  const state = run.machine.cpus[holder.cpu]?.frozen === true ? " (frozen)" : "";
  const taken = holder.place === null ? "" : `, taken at ${placeText(holder.place)}`;
  return `CPU ${cpu} waits for ${lockName(run, holder.lock)} held by CPU ${holder.cpu}${state}${taken}`;
}

function placeText(place: Place): string {
  return `${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
}
