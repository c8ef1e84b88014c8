/** Goes over the recorded past once, while nobody waits, and notes what later journeys ask for. */
import type { Run } from "../session/run.ts";
import { compare, type Moment } from "./moment.ts";
import { TRACED } from "./seen.ts";
import type { Timeline } from "./timeline.ts";
import { Tracer } from "./trace.ts";
import type { Equip } from "./travel.ts";

/** Notes the stops that `look` finds and the last statements before `now`. False if `goOn` ended it: the next call goes on. */
export async function scout(
  timeline: Timeline,
  now: Moment,
  look: Equip,
  goOn: () => boolean,
): Promise<boolean> {
  const { seen } = timeline;
  if (isKnown(timeline, now)) return true;
  const begun = seen.tracer;
  const goesOn =
    begun !== null &&
    begun.run.moment.ticks === seen.tracedTo &&
    compare(begun.run.moment, seen.stopsTo) <= 0 &&
    timeline.resumes(begun.run, now);
  const traceFrom = goesOn ? begun.run.moment : firstTraced(timeline, now);
  const run = goesOn ? begun.run : timeline.take(earlier(seen.stopsTo, traceFrom));
  timeline.unpark(run);
  const tracer = goesOn ? begun : new Tracer(run);
  try {
    for (const to of [earlier(seen.stopsTo, traceFrom), later(seen.stopsTo, traceFrom), now]) {
      if (compare(run.moment, to) >= 0) continue;
      if (!(await leg(timeline, run, to, traceFrom, tracer, look, goOn))) return false;
    }
    return true;
  } finally {
    timeline.park(run);
  }
}

export function isKnown({ seen }: Timeline, now: Moment): boolean {
  return compare(seen.stopsTo, now) >= 0 && seen.traceTo(now) !== null;
}

/** Where the statements before `now` begin that are worth noting: `now` if they are known. */
function firstTraced({ seen }: Timeline, now: Moment): Moment {
  if (seen.traceTo(now) !== null) return now;
  return { ticks: Math.max(0, now.ticks - TRACED), stalls: 0 };
}

/** One stretch of the way, looked at where something is not known yet. */
async function leg(
  timeline: Timeline,
  run: Run,
  to: Moment,
  traceFrom: Moment,
  tracer: Tracer,
  look: Equip,
  goOn: () => boolean,
): Promise<boolean> {
  const { seen } = timeline;
  const from = run.moment;
  const looks = compare(from, seen.stopsTo) >= 0;
  const traces = compare(from, traceFrom) >= 0;
  const ends: (() => void)[] = [];
  if (looks) ends.push(look(run, (arrival) => seen.addStop(arrival)));
  if (traces) ends.push(tracer.start());
  try {
    return await run.advance(to, timeline.course(run, false), goOn);
  } finally {
    for (const end of ends) end();
    // the past may have been changed or left meanwhile
    if (timeline.seen === seen) {
      if (looks) seen.stopsAreKnownTo(run.moment);
      if (traces) seen.traced(tracer, from.ticks, run.moment.ticks);
    }
  }
}

const earlier = (a: Moment, b: Moment): Moment => (compare(a, b) <= 0 ? a : b);
const later = (a: Moment, b: Moment): Moment => (compare(a, b) <= 0 ? b : a);
