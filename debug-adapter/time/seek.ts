/** From a tick, a statement, a time or an event to the moment of the recording that is meant. */

import type { Run } from "../session/run.ts";
import { compare, type Moment, START } from "./moment.ts";
import type { Timeline } from "./timeline.ts";
import type { Arrival } from "./travel.ts";

export interface SeekArguments {
  /** Scheduling point. */
  readonly tick?: number;
  readonly statement?: number;
  readonly timeNs?: number;
  /** Number of the event: the first statement after it. */
  readonly event?: number;
  /** Number of the timeline that is meant; the current one if it is left out. */
  readonly timeline?: number;
  /** To where the recording ends. */
  readonly end?: boolean;
}

/** Null if the search was ended. What lies beyond the end of the recording means its end. */
export async function seekMoment(
  args: SeekArguments,
  timeline: Timeline,
  goOn: () => boolean,
): Promise<Arrival | null> {
  if (args.timeline !== undefined) timeline.choose(args.timeline);
  const moment = await find(args, timeline, goOn);
  if (moment === null) return null;
  const { end } = timeline.branch;
  return { moment: compare(moment, end) > 0 ? end : moment, reason: "goto", cpu: null };
}

function find(args: SeekArguments, timeline: Timeline, goOn: () => boolean): Promise<Moment | null> {
  const { tick, statement, timeNs, event } = args;
  if (tick !== undefined)
    return firstWhere(
      timeline,
      (s) => s.point < tick,
      ({ machine }) => machine.pointCount >= tick,
      goOn,
    );
  if (timeNs !== undefined)
    return firstWhere(
      timeline,
      (s) => s.timeNs < timeNs,
      ({ machine }) => machine.nowNs >= timeNs,
      goOn,
    );
  if (event !== undefined)
    return firstWhere(
      timeline,
      (s) => s.event < event,
      ({ machine }) => machine.journal.eventCount > event,
      goOn,
    );
  if (statement !== undefined) return Promise.resolve({ ticks: Math.max(1, statement), stalls: 0 });
  return Promise.resolve(timeline.branch.end);
}

/** The first statement where `is` holds; `isBefore` tells of samples that lie before it. */
async function firstWhere(
  timeline: Timeline,
  isBefore: (sample: ReturnType<Timeline["sampleOf"]>) => boolean,
  is: (run: Run) => boolean,
  goOn: () => boolean,
): Promise<Moment | null> {
  const from = timeline.lastSample(isBefore) ?? START;
  const run = await timeline.reach(from, goOn);
  if (run === null) return null;
  let found: Moment | null = null;
  const { debugger: watcher } = run.machine;
  const off = watcher.watchStatements(() => {
    if (found !== null || !is(run)) return;
    found = run.moment;
    watcher.stopSoon("goto");
  });
  watcher.onStop = () => false;
  const wanted = (): boolean => goOn() && found === null;
  await run.advance(timeline.branch.end, timeline.course(run, false), wanted);
  off();
  timeline.park(run);
  return found ?? (goOn() ? timeline.branch.end : null);
}
