/**
 * Stops and steps. The machine asks {@link Debugger.look} at statements that are armed, and at every statement while the
 * debugger is watching (a step is under way, a pause was asked for). What to do at an armed statement is decided by
 * {@link Debugger.onBreakpoint}; stops never change the run.
 */
import type { Frame } from "../instrument/monitor.ts";
import type { Machine } from "./machine.ts";
import type { Context, CpuId, Task } from "./model.ts";
import { topOf } from "./stack.ts";

/** `statement`: to the next statement, wherever it is. */
export type StepMode = "over" | "in" | "out" | "statement";

export type StopReason =
  | "breakpoint"
  | "step"
  | "pause"
  | "entry"
  | "violation"
  | "function breakpoint"
  | "data breakpoint"
  /** Something that the user wants to see happened: an interrupt, a context switch … */
  | "event"
  | "goto"
  /** The position that was asked for (`stopAt`) is reached. */
  | "position"
  /** CPUs that are not frozen cannot go on: only a frozen one could. */
  | "stalled";

export interface StopInfo {
  readonly reason: StopReason;
  readonly cpu: CpuId;
  /** Null where no code of the CPU is active (it is idle). */
  readonly frame: Frame | null;
  readonly pc: number;
  /** What the requester handed in: breakpoint ids, the violation … */
  readonly detail?: unknown;
}

/** An armed statement that is about to execute. */
export interface Hit {
  readonly frame: Frame;
  readonly pc: number;
  readonly cpu: CpuId;
  readonly task: Task;
  readonly context: Context;
}

/** What a hit means: null goes on, anything else stops. */
export type Verdict = { readonly reason: StopReason; readonly detail?: unknown } | null;

export type StatementWatch = (frame: Frame, pc: number) => void;

interface Step {
  readonly mode: StepMode;
  readonly cpu: CpuId;
  readonly task: Task;
  readonly context: Context;
  readonly frame: Frame | null;
  readonly line: number;
  readonly pc: number;
  /** The only call that is gone into, or -1. */
  readonly call: number;
}

export class Debugger {
  /** Decides what happens at an armed statement (conditions, hit counts, log points). */
  onBreakpoint: ((hit: Hit) => Verdict) | null = null;
  /** Told of each callback that the core calls; true stops at its first statement. */
  onSlot: ((slot: string, fn: unknown) => boolean) | null = null;
  /** Asked before each stop; false lets the run go on (a search over the past only takes notes). */
  onStop: ((stop: StopInfo) => boolean) | null = null;
  /** They see every statement before it executes. */
  readonly #statements = new Set<StatementWatch>();

  readonly #machine: Machine;
  /** What was decided at the armed statement that is about to execute. */
  #verdict: Verdict = null;
  #step: Step | null = null;
  /** Stops that were asked for, each for any CPU (-1) or for one. */
  #soon: { readonly verdict: NonNullable<Verdict>; readonly cpu: CpuId }[] = [];
  /** Statement number at which the run stops. */
  #position = Number.POSITIVE_INFINITY;
  /** The frame above which a function breakpoint by slot waits. */
  #entering: { fn: unknown; parent: Frame | null; detail: unknown } | null = null;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get watching(): boolean {
    return (
      this.#step !== null || this.#soon.length > 0 || this.#entering !== null || this.#statements.size > 0
    );
  }

  /** The CPU that is being stepped, or -1. */
  get stepping(): CpuId {
    return this.#step?.cpu ?? -1;
  }

  /** `see` is told of every statement before it executes, until what is returned is called; it may ask for a stop there. */
  watchStatements(see: StatementWatch): () => void {
    this.#statements.add(see);
    this.#machine.lookSoon();
    return () => void this.#statements.delete(see);
  }

  /** Stops at the next statement of whatever CPU executes, or of `cpu`. */
  stopSoon(reason: StopReason, detail?: unknown, cpu: CpuId = -1): void {
    this.#soon.push({ verdict: { reason, detail }, cpu });
    this.#machine.lookSoon();
  }

  /** Stops before statement number `tick`; a step under way goes on afterwards. */
  stopAt(tick: number): void {
    this.#position = tick;
    this.#machine.clock.lookAt(tick);
  }

  pause(): void {
    this.stopSoon("pause");
  }

  /**
   * The next `run` ends after one step of `cpu`, unless a breakpoint stops it before. `call`: the pc of the only call that a
   * step in goes into.
   */
  step(cpu: CpuId, mode: StepMode, call = -1): void {
    const machine = this.#machine;
    const stepped = machine.cpus[cpu];
    if (stepped === undefined) throw new Error(`there is no CPU ${cpu}`);
    const task = stepped.current;
    const frame = topOf(stepped, machine);
    const line = frame === null ? 0 : (frame.fn.module.pcs[frame.pc]?.line ?? 0);
    this.#step = { mode, cpu, task, context: task.context, frame, line, pc: frame?.pc ?? 0, call };
    machine.lookSoon();
  }

  /** Nothing but a frozen CPU could go on. */
  stalled(): StopInfo {
    const { cpus } = this.#machine;
    const able = cpus.filter(({ frozen }) => !frozen);
    const waiting = able.find(({ current }) => current.state === "spinning") ?? able[0];
    const cpu = this.#step?.cpu ?? waiting?.id ?? this.#machine.cpu.id;
    this.clear();
    const frame = topOf(this.#machine.cpus[cpu]!, this.#machine);
    return { reason: "stalled", cpu, frame, pc: frame?.pc ?? -1 };
  }

  /** Forgets a step under way (a stop for another reason, or `continue`). */
  clear(): void {
    this.#step = null;
    this.#soon = [];
    this.#entering = null;
    this.#verdict = null;
  }

  onCallback(slot: string, fn: unknown): void {
    if (this.onSlot?.(slot, fn) === true) {
      this.#entering = { fn, parent: this.#machine.top, detail: slot };
      this.#machine.lookSoon();
    }
  }

  /** An armed statement is about to execute: true if the run stops there. */
  hit(frame: Frame, pc: number): boolean {
    if (this.onBreakpoint === null) return false;
    const { cpu } = this.#machine;
    const task = cpu.current;
    this.#verdict = this.onBreakpoint({ frame, pc, cpu: cpu.id, task, context: task.context });
    return this.#verdict !== null;
  }

  look(frame: Frame, pc: number): StopInfo | null {
    for (const see of this.#statements) see(frame, pc);
    const arrived = this.#arrives();
    const soon = this.#soonHere();
    const verdict =
      // what has just been done comes before what is about to be done
      (soon?.reason === "data breakpoint" ? soon : null) ??
      this.#verdict ??
      this.#entered(frame) ??
      soon ??
      this.#stepped(frame, pc);
    const cpu = this.#machine.cpu.id;
    if (verdict !== null) {
      this.clear();
      const stop: StopInfo = { reason: verdict.reason, cpu, frame, pc, detail: verdict.detail };
      if (this.onStop === null || this.onStop(stop)) return stop;
    }
    return arrived ? { reason: "position", cpu, frame, pc } : null;
  }

  #arrives(): boolean {
    if (this.#machine.tickCount < this.#position) return false;
    this.stopAt(Number.POSITIVE_INFINITY);
    return true;
  }

  #entered(frame: Frame): Verdict {
    const entering = this.#entering;
    if (entering === null || frame.parent !== entering.parent) return null;
    this.#entering = null;
    return { reason: "function breakpoint", detail: entering.detail };
  }

  #soonHere(): Verdict {
    const here = this.#soon.find(({ cpu }) => cpu < 0 || cpu === this.#machine.cpu.id);
    return here?.verdict ?? null;
  }

  #stepped(frame: Frame, pc: number): Verdict {
    const step = this.#step;
    if (step === null || this.#machine.cpu.id !== step.cpu) return null;
    const done: Verdict = { reason: "step" };
    const task = this.#machine.cpu.current;
    if (task !== step.task) return step.task.state === "ended" ? done : null;
    if (!isWithin(task.context, step.context)) return done; // the context that was stepped has ended
    if (step.mode === "statement") return done;
    if (task.context !== step.context) return null; // an interrupt on top of it
    const start = step.frame;
    if (start === null) return done;
    if (frame.depth < start.depth) return done;
    if (step.mode === "out") return null;
    if (frame === start) {
      const line = frame.fn.module.pcs[pc]?.line ?? 0;
      return line !== step.line || pc <= step.pc ? done : null;
    }
    if (frame.depth === start.depth) return done; // a sibling: the frame that was stepped has returned
    if (step.mode !== "in") return null;
    return step.call < 0 || (frame.parent === start && start.pc === step.call) ? done : null;
  }
}

/** `inner` is `outer` or lies on top of it. */
function isWithin(inner: Context, outer: Context): boolean {
  for (let context: Context | null = inner; context !== null; context = context.below)
    if (context === outer) return true;
  return false;
}
