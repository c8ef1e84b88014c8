/**
 * Statements, scheduling points and virtual time. Instrumented code counts down what it was granted and asks the machine
 * when nothing is left; the clock hands out grants that end where something is due: the slice, the next alarm, the next
 * decision.
 */
import { type Alarm, AlarmQueue, type AlarmState } from "./alarm-queue.ts";
import type { Registers } from "./model.ts";

type Counters = Pick<Registers, "ticksLeft" | "pointsLeft">;

const STATEMENT_NS = 10;
/** A counter that stays a small integer for V8. */
const MANY = 1 << 29;
/** An alarm that is due waits for a scheduling point, but not longer than this many statements. */
const ALARM_GRACE_TICKS = 2_000;
/**
 * A CPU that has told nothing for so many statements, while no other can run, waits in a loop of its own for what only
 * time can bring: time skips to the next event.
 */
const QUIET_TICKS = 20_000;
/** While native code is on the stack nothing can pause: the slice ends so many statements later. */
const SLICE_EXTENSION_TICKS = 10_000;

export interface ClockState {
  readonly ticks: number;
  readonly points: number;
  readonly timeBaseNs: number;
  readonly alarmGraceEnd: number;
  readonly lastEventTick: number;
  readonly soonest: number;
  readonly alarms: AlarmState;
}

export class Clock {
  readonly maxTicks: number;
  readonly #counters: Counters;
  /** The debugger wants to see every statement. */
  readonly #watching: () => boolean;
  readonly #alarms = new AlarmQueue();
  #tickBase = 0;
  #tickGrant = 0;
  #pointBase = 0;
  #pointGrant = 0;
  #nextDecisionAt = 0;
  /** The system boots: one CPU runs alone. */
  #alone = false;
  /** Where a decision was asked for at the earliest since one CPU runs alone. */
  #soonest = Number.POSITIVE_INFINITY;
  #sliceEnd = 0;
  #timeBaseNs = 0;
  #alarmGraceEnd = Number.POSITIVE_INFINITY;
  #lastEventTick = 0;
  #everyPoint = false;
  /** Statement at which the debugger wants to look. */
  #lookAt = Number.POSITIVE_INFINITY;
  /** Calls from native code on the stack. */
  #nested = 0;

  constructor(counters: Counters, maxTicks: number, watching: () => boolean) {
    this.#counters = counters;
    this.maxTicks = maxTicks;
    this.#watching = watching;
  }

  /** Statements executed. */
  get tickCount(): number {
    return this.#tickBase + this.#tickGrant - this.#counters.ticksLeft;
  }

  /** Scheduling points passed. */
  get pointCount(): number {
    return this.#pointBase + this.#pointGrant - this.#counters.pointsLeft;
  }

  get nowNs(): number {
    return this.#timeBaseNs + this.tickCount * STATEMENT_NS;
  }

  // ---- grants ------------------------------------------------------------------------------------------------

  grantTicks(): void {
    const count = this.tickCount;
    const quietEnd = Math.max(this.#lastEventTick + QUIET_TICKS, count + 1);
    let grant = Math.min(this.#sliceEnd, this.maxTicks, this.#alarmGraceEnd, quietEnd) - count;
    const alarm = this.#alarms.nextNs();
    if (alarm !== Number.POSITIVE_INFINITY && this.#alarmGraceEnd === Number.POSITIVE_INFINITY) {
      grant = Math.min(grant, Math.ceil((alarm - this.nowNs) / STATEMENT_NS));
    }
    if (this.#lookAt > count) grant = Math.min(grant, this.#lookAt - count);
    if (this.#watching()) grant = 0;
    this.#tickBase = count;
    this.#tickGrant = Math.max(0, Math.min(grant - 1, MANY));
    this.#counters.ticksLeft = this.#tickGrant;
  }

  grantPoints(): void {
    const count = this.pointCount;
    const ahead = this.#nested > 0 || this.#alone ? MANY : this.#nextDecisionAt - count - 1;
    const grant = this.#everyPoint ? 0 : ahead;
    this.#pointBase = count;
    this.#pointGrant = Math.max(0, Math.min(grant, MANY));
    this.#counters.pointsLeft = this.#pointGrant;
  }

  /** Are no points granted ahead, because somebody wants to see every access? */
  watchPoints(every: boolean): void {
    this.#everyPoint = every;
    this.grantPoints();
  }

  /** At a scheduling point for which nothing was left: true if nothing is due and execution just goes on. */
  passPoint(): boolean {
    if (this.#nested === 0 && this.decisionDue) return false;
    if (this.#everyPoint) {
      this.#pointBase = this.pointCount;
      this.#pointGrant = 0;
      this.#counters.pointsLeft = 0;
    } else this.grantPoints();
    return true;
  }

  /** A scheduling point passes that instrumented code did not count. */
  countPoint(): void {
    this.#counters.pointsLeft--;
  }

  // ---- decisions ---------------------------------------------------------------------------------------------

  get decisionDue(): boolean {
    return !this.#alone && this.pointCount >= this.#nextDecisionAt;
  }

  /** After `points` more scheduling points a decision is due. */
  decideAfter(points: number): void {
    this.#nextDecisionAt = this.pointCount + 1 + points;
    this.grantPoints();
  }

  /** A decision is due at the next scheduling point. */
  decideSoon(): void {
    this.#soonest = Math.min(this.#soonest, this.pointCount + 1);
    this.#nextDecisionAt = Math.min(this.#nextDecisionAt, this.pointCount + 1);
    this.grantPoints();
  }

  /** From here on one CPU runs alone, and nothing is decided at scheduling points, until `share`. */
  runAlone(): void {
    this.#alone = true;
    this.#soonest = Number.POSITIVE_INFINITY;
    this.grantPoints();
  }

  share(): void {
    this.#alone = false;
    this.grantPoints();
  }

  // ---- a beginning that is known -----------------------------------------------------------------------------

  save(): ClockState {
    return {
      ticks: this.tickCount,
      points: this.pointCount,
      timeBaseNs: this.#timeBaseNs,
      alarmGraceEnd: this.#alarmGraceEnd,
      lastEventTick: this.#lastEventTick,
      soonest: this.#soonest,
      alarms: this.#alarms.save(),
    };
  }

  /** Goes on where another run was when it was saved; when the next decision is due has been drawn for this run. */
  load(state: ClockState): void {
    this.#tickBase = state.ticks;
    this.#tickGrant = 0;
    this.#counters.ticksLeft = 0;
    this.#pointBase = state.points;
    this.#pointGrant = 0;
    this.#counters.pointsLeft = 0;
    this.#timeBaseNs = state.timeBaseNs;
    this.#alarmGraceEnd = state.alarmGraceEnd;
    this.#lastEventTick = state.lastEventTick;
    this.#alarms.load(state.alarms);
    this.#nextDecisionAt = Math.min(this.#nextDecisionAt, state.soonest);
    this.grantTicks();
    this.grantPoints();
  }

  // ---- the slice and the limit of the run --------------------------------------------------------------------

  startSlice(ticks: number): void {
    this.#sliceEnd = this.tickCount + ticks;
    this.grantTicks();
  }

  /** `tick` is called at statement number `tick` at the latest. */
  lookAt(tick: number): void {
    this.#lookAt = tick;
    this.grantTicks();
  }

  get sliceOver(): boolean {
    return this.tickCount >= this.#sliceEnd;
  }

  extendSlice(): void {
    this.#sliceEnd = this.tickCount + SLICE_EXTENSION_TICKS;
  }

  get limitReached(): boolean {
    return this.tickCount >= this.maxTicks;
  }

  // ---- time and alarms ---------------------------------------------------------------------------------------

  /** Virtual time passes on the running CPU. */
  spend(ns: number): void {
    this.#timeBaseNs += ns;
    // what becomes due is taken at the next point, whoever decides how often
    if (this.#alarms.nextNs() <= this.nowNs) this.decideSoon();
    this.grantTicks();
  }

  at(timeNs: number, fire: () => void): Alarm {
    const alarm = this.#alarms.add(timeNs, fire);
    if (timeNs <= this.nowNs) this.decideSoon();
    this.grantTicks();
    return alarm;
  }

  /** Time of the next alarm, or Infinity. */
  nextAlarmNs(): number {
    return this.#alarms.nextNs();
  }

  /** Time jumps to the next alarm, if that lies ahead. */
  jumpToAlarm(): void {
    const ahead = this.#alarms.nextNs() - this.nowNs;
    if (ahead > 0 && ahead !== Number.POSITIVE_INFINITY) this.spend(ahead);
  }

  runDueAlarms(): void {
    this.#alarmGraceEnd = Number.POSITIVE_INFINITY;
    for (
      let alarm = this.#alarms.takeDue(this.nowNs);
      alarm !== undefined;
      alarm = this.#alarms.takeDue(this.nowNs)
    ) {
      if (!alarm.cancelled) alarm.fire();
    }
    this.grantTicks();
  }

  /** An alarm that is due waits for the next scheduling point; true once it has waited too long. */
  alarmOverdue(): boolean {
    if (this.#alarms.nextNs() > this.nowNs) return false;
    if (this.#alarmGraceEnd !== Number.POSITIVE_INFINITY) return this.tickCount >= this.#alarmGraceEnd;
    this.#alarmGraceEnd = this.tickCount + ALARM_GRACE_TICKS;
    this.decideSoon();
    return false;
  }

  /** The program has told something: it does not merely wait. */
  noteEvent(): void {
    this.#lastEventTick = this.tickCount;
  }

  get quietForLong(): boolean {
    return this.tickCount >= this.#lastEventTick + QUIET_TICKS;
  }

  // ---- native code on the stack ------------------------------------------------------------------------------

  /** Native code calls the program: nothing can pause or switch, so no decision is due. */
  get nested(): boolean {
    return this.#nested > 0;
  }

  enterNative(): void {
    this.#nested++;
  }

  leaveNative(): void {
    this.#nested--;
    if (this.#nested === 0) this.grantPoints();
  }

  /** What `body` executes counts neither statements nor points. */
  uncounted<T>(body: () => T): T {
    const counters = this.#counters;
    const { ticksLeft, pointsLeft } = counters;
    const tickBase = this.#tickBase;
    const tickGrant = this.#tickGrant;
    const pointBase = this.#pointBase;
    const pointGrant = this.#pointGrant;
    this.#nested++;
    try {
      return body();
    } finally {
      this.#nested--;
      counters.ticksLeft = ticksLeft;
      counters.pointsLeft = pointsLeft;
      this.#tickBase = tickBase;
      this.#tickGrant = tickGrant;
      this.#pointBase = pointBase;
      this.#pointGrant = pointGrant;
    }
  }

  /** The time that `body` spends is given back. */
  unspent<T>(body: () => T): T {
    const timeBaseNs = this.#timeBaseNs;
    try {
      return body();
    } finally {
      this.#timeBaseNs = timeBaseNs;
    }
  }
}
