/** Journeys through the recorded past: where they lead, and with what words they end. */
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { Violation } from "../../sim/machine/events.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import type { Run } from "../session/run.ts";
import { compare, type Moment, START } from "./moment.ts";
import { callStart, type ReverseMode, stepBackFrom } from "./reverseStep.ts";
import type { Timeline } from "./timeline.ts";
import { type Entry, isWanted, Tracer, type Wanted } from "./trace.ts";

/** Where a journey ends, and why there. */
export interface Arrival {
  readonly moment: Moment;
  readonly reason: StopInfo["reason"];
  readonly detail?: unknown;
  readonly cpu: CpuId | null;
  readonly violation?: Violation | null;
}

/** Who stops at what: equips a run for a search, which calls `found` for each stop that would be. */
export type Equip = (run: Run, found: (arrival: Arrival) => void) => () => void;

/** Where a CPU stands. */
export interface Standing {
  readonly cpu: CpuId;
  readonly depth: number;
  readonly contextDepth: number;
}

/** A first look back goes so far. */
const FIRST_WINDOW = 100;

export class Travel {
  readonly #timeline: Timeline;
  readonly #goOn: () => boolean;

  constructor(timeline: Timeline, goOn: () => boolean) {
    this.#timeline = timeline;
    this.#goOn = goOn;
  }

  /**
   * The moment to which a step back leads of a CPU that stands at `now` in a frame so deep; null: before the beginning (or
   * the journey was ended). `executes`: the CPU is the one that goes on at `now`.
   */
  async stepBack(now: Moment, from: Standing, executes: boolean, mode: ReverseMode): Promise<Moment | null> {
    const { cpu, depth, contextDepth } = from;
    // what the frame has called lies deeper: there may be much of it, and these steps do not go there
    const wanted = mode === "over" || mode === "out" ? { cpu, depth, contextDepth } : { cpu };
    const found = await this.#backwards(now, wanted, (entries) => {
      // the statement before which the CPU stands is the last one that it was seen at
      const here = entries.length - 1;
      const begun = !executes || now.stalls > (entries[here]?.at.stalls ?? 0);
      const i = stepBackFrom(entries, here, mode, begun);
      return i < 0 ? null : (entries[i]?.at ?? null);
    });
    return found ?? null;
  }

  /** The moment before the first statement of the call at `depth` under which `cpu` stands; null: it is not recorded. */
  callStart(now: Moment, cpu: CpuId, depth: number): Promise<Moment | null> {
    return this.#backwards(now, { cpu }, (entries) => entries[callStart(entries, depth)]?.at ?? null);
  }

  /** The last stop before `now` that `equip` finds; null if there is none. */
  async lastStop(now: Moment, equip: Equip): Promise<Arrival | null> {
    let until = now;
    for (;;) {
      const from = this.#timeline.nearest(justBefore(until))?.moment ?? START;
      const found = await this.#search(from, until, equip);
      if (found !== null || from.ticks === 0 || !this.#goOn()) return found;
      until = { ticks: from.ticks + 1, stalls: 0 };
    }
  }

  /** The first stop after `now` that `equip` finds, up to `end`; null if there is none. */
  async nextStop(now: Moment, end: Moment, equip: Equip): Promise<Arrival | null> {
    let first: Arrival | null = null;
    const run = await this.#timeline.reach(now, this.#goOn);
    if (run === null) return null;
    const done = equip(run, (arrival) => {
      if (compare(arrival.moment, now) > 0) first ??= arrival;
    });
    try {
      await run.advance(end, this.#timeline.course(run, false), () => this.#goOn() && first === null);
    } finally {
      done();
      this.#timeline.park(run);
    }
    return first;
  }

  /** Goes through all of the past up to `now`. */
  async pass(now: Moment, look: (run: Run) => () => void): Promise<void> {
    await this.#scan(START, now, look);
  }

  async #search(from: Moment, until: Moment, equip: Equip): Promise<Arrival | null> {
    let last: Arrival | null = null;
    const note = (arrival: Arrival): void => {
      if (compare(arrival.moment, until) < 0) last = arrival;
    };
    await this.#scan(from, until, (run) => equip(run, note));
    return last;
  }

  /** Goes from the parked run at `from` to `to`, looking all the way. */
  async #scan(from: Moment, to: Moment, look: (run: Run) => () => void): Promise<void> {
    const run = this.#timeline.take(from);
    const done = look(run);
    try {
      await run.advance(to, this.#timeline.course(run, false), this.#goOn);
    } finally {
      done();
      this.#timeline.park(run);
    }
  }

  /** What was executed between a parked run (or the start) and `now`. */
  async #traceTo(now: Moment, from: Moment, wanted: Wanted): Promise<readonly Entry[]> {
    let entries: readonly Entry[] = [];
    await this.#scan(from, now, (run) => {
      const tracer = new Tracer(run, wanted);
      const end = tracer.start();
      return () => {
        end();
        ({ entries } = tracer);
      };
    });
    return entries;
  }

  /** Looks at what is known, then at longer and longer stretches before `now`. */
  async #backwards<R>(
    now: Moment,
    wanted: Wanted,
    find: (seen: readonly Entry[]) => R | null,
  ): Promise<R | null> {
    const known = this.#timeline.seen.traceTo(now)?.entries.filter((entry) => isWanted(entry, wanted));
    const early = known === undefined ? null : find(known);
    if (early !== null) return early;
    for (let window = FIRST_WINDOW; ; window *= 8) {
      const from = this.#startOf(now, window);
      const found = find(await this.#traceTo(now, from, wanted));
      if (found !== null || from.ticks === 0 || !this.#goOn()) return found;
    }
  }

  /** A moment at which a run stands, at least some statements before `now`. */
  #startOf(now: Moment, window: number): Moment {
    const wanted = { ticks: Math.max(0, now.ticks - window), stalls: 0 };
    return this.#timeline.nearest(wanted)?.moment ?? START;
  }
}

function justBefore({ ticks }: Moment): Moment {
  return { ticks: ticks - 1, stalls: Number.POSITIVE_INFINITY };
}
