/** What is known of the recorded past without running it again: where it would stop, and what was executed lately. */
import { compare, type Moment, START } from "./moment.ts";
import type { Entry, Tracer } from "./trace.ts";
import type { Arrival } from "./travel.ts";

/** Of more stops than this the earliest are forgotten. */
const MOST_STOPS = 20_000;
/** So many statements are kept. */
export const TRACED = 20_000;

export class Seen {
  #stops: Arrival[] = [];
  /** The stops are known from here … */
  #stopsFrom: Moment = START;
  /** … up to here. */
  #stopsTo: Moment = START;
  /** The last stretch that was looked at statement by statement, with the run that was looked at. */
  #trace: { readonly from: number; to: number; entries: readonly Entry[]; tracer: Tracer | null } | null =
    null;

  get stopsTo(): Moment {
    return this.#stopsTo;
  }

  /** A stop that a look at the past finds, after all that were found before. */
  addStop(arrival: Arrival): void {
    this.#stops.push(arrival);
    if (this.#stops.length <= 2 * MOST_STOPS) return;
    this.#stops = this.#stops.slice(MOST_STOPS);
    this.#stopsFrom = this.#stops[0]!.moment;
  }

  /** All stops up to here have been added. */
  stopsAreKnownTo(moment: Moment): void {
    if (compare(moment, this.#stopsTo) > 0) this.#stopsTo = moment;
  }

  /** The last stop before a moment; null: there is none; undefined: it is not known. */
  lastStop(before: Moment): Arrival | null | undefined {
    if (compare(this.#stopsTo, before) < 0) return undefined;
    const last = this.#stops.findLast(({ moment }) => compare(moment, before) < 0);
    return last ?? (this.#stopsFrom === START ? null : undefined);
  }

  /** The same without the stops: breakpoints have changed. */
  withoutStops(): Seen {
    const next = new Seen();
    next.#trace = this.#trace;
    return next;
  }

  /** What holds for a course that parts from this one at a moment. */
  until(at: Moment): Seen {
    const next = new Seen();
    next.#stops = this.#stops.filter(({ moment }) => compare(moment, at) <= 0);
    next.#stopsFrom = this.#stopsFrom;
    next.#stopsTo = compare(this.#stopsTo, at) > 0 ? at : this.#stopsTo;
    const kept = this.traceTo(at);
    if (kept !== null) next.#trace = { ...kept, to: at.ticks, tracer: null };
    return next;
  }

  /** The tracer that can go on from where the trace ends. */
  get tracer(): Tracer | null {
    return this.#trace?.tracer ?? null;
  }

  get tracedTo(): number {
    return this.#trace?.to ?? 0;
  }

  /** A tracer has noted everything `from` … `to`; what it has noted before is kept as long as it is not too much. */
  traced(tracer: Tracer, from: number, to: number): void {
    const { entries } = tracer;
    if (entries.length > 2 * TRACED) entries.splice(0, entries.length - TRACED);
    const first = entries.length >= TRACED ? entries[0]!.at.ticks : 0;
    const known = this.#trace?.tracer === tracer ? this.#trace.from : from;
    this.#trace = { from: Math.max(first, known), to, entries, tracer };
  }

  /** What was executed up to a moment, and from which statement on that is known; null if its end is not known. */
  traceTo(now: Moment): { from: number; entries: readonly Entry[] } | null {
    const trace = this.#trace;
    if (trace === null || trace.to < now.ticks || trace.from > now.ticks) return null;
    return { from: trace.from, entries: trace.entries.filter(({ at }) => compare(at, now) <= 0) };
  }
}
