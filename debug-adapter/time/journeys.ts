/** Journeys of a session through its recorded past: one at a time; each ends with a stop. */
import type { StopInfo } from "../../sim/machine/debugger.ts";
import type { Violation } from "../../sim/machine/events.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { Happening } from "../breakpoints/happening.ts";
import type { Session } from "../session/session.ts";
import { BEGINNING } from "../session/stopped.ts";
import type { FrameContainer } from "../variables/frameScopes.ts";
import { type DataBreakpoint, watchData } from "../watchpoints/dataBreakpoints.ts";
import { compare, type Moment, START } from "./moment.ts";
import { Progress } from "./progress.ts";
import type { ReverseMode } from "./reverseStep.ts";
import { StepStarts } from "./stepStarts.ts";
import type { Timeline } from "./timeline.ts";
import { depthOf } from "./trace.ts";
import { type Arrival, type Equip, type Standing, Travel } from "./travel.ts";

/** Finds where a journey leads. */
export type Journey = (
  travel: Travel,
  now: Moment,
  timeline: Timeline,
  goOn: () => boolean,
) => Promise<Arrival | null> | Arrival | null;

export class Journeys {
  readonly #session: Session;
  /** The journey that is under way, and the request that asked for it. */
  #current: { over: boolean; readonly askedBy: number | null; readonly progress: Progress } | null = null;
  #count = 0;
  readonly stepStarts = new StepStarts();

  constructor(session: Session) {
    this.#session = session;
  }

  get underWay(): boolean {
    return this.#current !== null;
  }

  /**
   * The journey under way ends where it began; with `named`, only if it was that request that asked for it, or its
   * progress is told by that name. False if there is none.
   */
  cancel(named: { requestId?: number; progressId?: string } = {}): boolean {
    const { requestId, progressId } = named;
    if (this.#current === null) return false;
    if (requestId !== undefined && this.#current.askedBy !== requestId) return false;
    if (progressId !== undefined && this.#current.progress.id !== progressId) return false;
    this.#current.over = true;
    return true;
  }

  /** A new program, or none. */
  clear(): void {
    this.#current = null;
    this.stepStarts.clear();
  }

  /** Back to where a step forwards began, or the step backwards that leads to the same line. */
  stepBack(cpu: CpuId, mode: ReverseMode): Promise<void> {
    const standing = this.#standing(cpu);
    const executes = this.#session.live.machine.cpu.id === cpu;
    return this.go(async (travel, now) => {
      const known = mode === "over" ? this.stepStarts.of(cpu, now) : null;
      const moment = known ?? (await travel.stepBack(now, standing, executes, mode));
      return moment === null ? null : { moment, reason: "step", cpu };
    });
  }

  #standing(cpu: CpuId): Standing {
    const run = this.#session.live;
    const depth = run.frames(cpu)[0]?.frame.depth ?? Number.POSITIVE_INFINITY;
    return { cpu, depth, contextDepth: depthOf(run.machine.cpus[cpu]!.current.context) };
  }

  /** To the statement before which data was accessed last, as one breakpoint sees it. */
  lastAccess(breakpoint: DataBreakpoint): Promise<void> {
    return this.go(async (travel, now) => {
      const last = await travel.lastStop(now, (run, found) => {
        const off = watchData(run, [breakpoint]);
        run.machine.debugger.onStop = ({ detail }) => {
          if (detail instanceof Happening)
            found({ moment: detail.before, reason: "goto", detail, cpu: detail.cpu });
          return false;
        };
        return off;
      });
      if (last === null)
        this.#session.output("console", `${breakpoint.target.label}: nobody has touched it so far.\n`);
      return last;
    }, `Looking for the last access to ${breakpoint.target.label}`);
  }

  /** Back to the first statement of a call that has not returned. */
  restartFrame({ cpu, frame }: FrameContainer): Promise<void> {
    const { depth } = frame;
    return this.go(async (travel, now) => {
      const moment = await travel.callStart(now, cpu, depth);
      return moment === null ? null : { moment, reason: "goto", cpu };
    });
  }

  /** Log messages of the past that nobody has been told of are told now. */
  tellPast(): Promise<void> {
    const { stop, breakpoints } = this.#session;
    const cpu = stop?.cpu ?? null;
    return this.go(async (travel, now) => {
      breakpoints.tellPast = true;
      try {
        await travel.pass(now, (run) => this.look(run, () => {}));
      } finally {
        breakpoints.tellPast = false;
      }
      return { moment: now, reason: "goto", cpu };
    }, "Log points tell the past");
  }

  /** To the previous stop of whatever kind. */
  reverseContinue(): Promise<void> {
    return this.go((travel, now, { seen }) => {
      const known = seen.lastStop(now);
      return known === undefined ? travel.lastStop(now, this.look) : known;
    }, "Looking for the previous stop");
  }

  /** Makes a run note where it would stop. */
  readonly look: Equip = (run, found) => {
    const { machine } = run;
    const { breakpoints, exceptions } = this.#session;
    breakpoints.equip(run);
    let violation: Violation | null = null;
    const off = machine.on("violation", (event) => {
      if (violation !== null || !exceptions.stopsAt(event.violation)) return;
      violation = event.violation;
      machine.debugger.stopSoon("violation", violation);
    });
    machine.debugger.onStop = ({ reason, detail, cpu }: StopInfo) => {
      const moment = { ticks: machine.tickCount, stalls: machine.stallCount };
      found({ moment, reason, detail, cpu, violation });
      violation = null;
      return false;
    };
    return () => {
      off();
      breakpoints.rest(run);
    };
  };

  /**
   * To the moment that `find` names. Null means the beginning; a journey that is ended leads back to where it began.
   * Throws NotStopped.
   */
  async go(find: Journey, title = "Going through the recording"): Promise<void> {
    const session = this.#session;
    const timeline = session.history;
    const askedBy = session.asking;
    const { run: origin, stop, violation } = session.departs();
    const goOn = (): boolean => !journey.over && !session.ended && session.timeline === timeline;
    const progress = new Progress(session, `journey-${++this.#count}`, title, askedBy);
    const journey = { over: false, askedBy, progress };
    this.#current = journey;
    timeline.onPassed = ({ moment }) => progress.passes(moment.ticks, timeline.branch.end.ticks);
    try {
      session.breakpoints.rest(origin);
      timeline.park(origin);
      const found = await find(new Travel(timeline, goOn), origin.moment, timeline, goOn);
      const arrival = found ?? beginning(timeline, origin.moment);
      const run = goOn() ? await timeline.reach(arrival.moment, goOn) : null;
      if (session.ended || session.timeline !== timeline) return;
      this.#current = null;
      progress.end();
      if (run === null) {
        const back = await timeline.reach(origin.moment, () => true);
        session.arrives(back ?? origin, { ...stop, reason: "pause" }, violation);
      } else session.arrives(run, arrival, arrival.violation ?? null);
    } catch (error) {
      if (session.timeline === timeline) session.crashed(error);
    } finally {
      progress.end();
      timeline.onPassed = null;
      if (this.#current === journey) this.#current = null;
    }
  }
}

/** The first statement of the model, or of the run for who stands there already. */
function beginning({ entry }: Timeline, now: Moment): Arrival {
  const isLater = entry !== null && compare(entry, now) < 0;
  const moment = isLater ? entry : { ticks: START.ticks + 1, stalls: 0 };
  return { moment, reason: "entry", detail: BEGINNING, cpu: null };
}
