/** One boot of the simulated system under the debugger: the machine, who looks at it, and the slices it runs in. */

import type { CompiledModule, Frame } from "../../sim/instrument/monitor.ts";
import { GEN } from "../../sim/instrument/monitor.ts";
import type { LabConfig } from "../../sim/lab/config.ts";
import { Lab } from "../../sim/lab/lab.ts";
import type { Program } from "../../sim/lab/program.ts";
import type { StepMode, StopInfo } from "../../sim/machine/debugger.ts";
import type { Place } from "../../sim/machine/events.ts";
import type { EndReason, Machine, RunState } from "../../sim/machine/machine.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import type { Strategy } from "../../sim/machine/schedule.ts";
import { framesOf, type StackEntry, topOf } from "../../sim/machine/stack.ts";
import type { HeldLock } from "../../sim/rules/state/held-locks.ts";
import { UserError } from "../errors.ts";
import { isPureNative } from "../expressions/builtins.ts";
import { compileExpression } from "../expressions/compile.ts";
import type { Evaluate, Policy } from "../expressions/environment.ts";
import { platform } from "../platform/platform.ts";
import type { Intervention } from "../time/intervention.ts";
import { compare, type Moment } from "../time/moment.ts";
import type { ObjectNotes } from "../variables/format.ts";
import { Allocations } from "../watchpoints/allocations.ts";
import { FrameNames } from "./frameNames.ts";
import { PURE_ANYWHERE, PURE_HERE } from "./pureFunctions.ts";

export interface Step {
  readonly cpu: CpuId;
  readonly mode: StepMode;
  /** The pc of the only call that a step in goes into. */
  readonly call?: number | undefined;
}

export interface RunListener {
  stopped(stop: StopInfo): void;
  ended(reason: EndReason): void;
  /** The machine itself failed: a bug of ours. */
  crashed(error: unknown): void;
  /** A slice is over. */
  passed(): void;
}

/** The known part of the history that a run goes along. */
export interface Course {
  readonly interventions: readonly Intervention[];
  /** End of the recording: to be stopped at, if that is wanted. */
  readonly end: Moment | null;
}

/** Detail of the stop at the end of the recording. */
export const END_OF_RECORDING = "end of the recording";
const NO_COURSE: Course = { interventions: [], end: null };

/** A slice lasts about so long, so that requests are answered while the machine runs. */
const SLICE_MS = 5;
const FIRST_SLICE_TICKS = 5_000;
const MIN_SLICE_TICKS = 500;
const MAX_SLICE_TICKS = 1_000_000;
const HEADERS = "kernel/include/";

export class Run {
  readonly lab: Lab;
  readonly machine: Machine;
  readonly noDebug: boolean;
  readonly notes: ObjectNotes;
  readonly allocations: Allocations;
  /** What the kernel has printed so far. */
  readonly log: string[] = [];
  readonly #listener: RunListener;
  #api: Api | null = null;
  #sliceTicks = FIRST_SLICE_TICKS;
  #running = false;
  #over = false;
  /** What the user did to this run so far. */
  readonly applied: Intervention[] = [];
  #course: Course = NO_COURSE;

  /** `strategy` draws the decisions instead of what the settings name. */
  constructor(
    program: Program,
    config: LabConfig,
    noDebug: boolean,
    listener: RunListener,
    strategy?: Strategy,
  ) {
    this.lab = new Lab(program, config, strategy === undefined ? {} : { strategy });
    this.machine = this.lab.machine;
    this.allocations = new Allocations(this.machine);
    this.machine.on("printk", ({ text }) => void this.log.push(text.endsWith("\n") ? text : `${text}\n`));
    this.noDebug = noDebug;
    this.#listener = listener;
    this.notes = { freed: (object) => this.#freed(object), definition: (fn) => this.#definition(fn) };
  }

  /** Names of the driver-facing API → the module object that has them. */
  get api(): ReadonlyMap<string, Record<string, unknown>> {
    return this.#known().names;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Lets the machine run on; with a step, until that is done. */
  resume(course: Course, step?: Step): void {
    if (this.#running || this.#over) return;
    this.#running = true;
    this.#course = course;
    this.machine.debugger.clear();
    if (step !== undefined) this.machine.debugger.step(step.cpu, step.mode, step.call);
    this.#aim(course.end);
    platform().soon(() => this.#slice());
  }

  /** Where the run stands. The end of a run comes after its last statement. */
  get moment(): Moment {
    const { tickCount, stallCount, ended } = this.machine;
    return { ticks: ended === null ? tickCount : tickCount + 1, stalls: stallCount };
  }

  /** Runs along the course to a moment, without stopping for anything else; false if `goOn` ended it, or the run. */
  async advance(to: Moment, course: Course, goOn: () => boolean): Promise<boolean> {
    const { machine } = this;
    this.#course = course;
    machine.debugger.onStop ??= () => false;
    try {
      for (;;) {
        this.#applyDue();
        if (compare(this.moment, to) >= 0) return true;
        if (this.#over || !goOn() || machine.ended !== null) return false;
        this.#aim(to);
        if (!this.#timed().stopped) await pausing();
      }
    } finally {
      machine.debugger.stopAt(Number.POSITIVE_INFINITY);
      machine.debugger.onStop = null;
    }
  }

  /** Does something to the run, as part of its history. */
  intervene(intervention: Intervention): void {
    this.applied.push(intervention);
    intervention.apply(this);
  }

  #applyDue(): boolean {
    let any = false;
    for (;;) {
      const next = this.#course.interventions[this.applied.length];
      if (next === undefined || compare(next.at, this.moment) > 0) return any;
      any = true;
      try {
        this.intervene(next);
      } catch {
        // the user was told when it happened first
      }
    }
  }

  /** The machine stops at the next moment that matters, `to` at the latest. */
  #aim(to: Moment | null): void {
    const now = this.machine.tickCount;
    const next = this.#course.interventions[this.applied.length]?.at.ticks ?? Number.POSITIVE_INFINITY;
    const wanted = Math.min(next, to?.ticks ?? Number.POSITIVE_INFINITY);
    this.machine.debugger.stopAt(wanted > now ? wanted : Number.POSITIVE_INFINITY);
  }

  /** What is to be told of a stop, after the run's own course has been seen to; null: it goes on. */
  #tellable(stop: StopInfo): StopInfo | null {
    const applied = this.#applyDue();
    const { end } = this.#course;
    if (stop.reason === "stalled") return applied ? null : stop;
    if (stop.reason !== "position") return stop;
    const atEnd = end !== null && compare(this.moment, end) >= 0;
    if (atEnd && this.machine.debugger.stepping < 0)
      return { ...stop, reason: "pause", detail: END_OF_RECORDING };
    this.#aim(atEnd ? null : end);
    return null;
  }

  pause(): void {
    if (this.#running) this.machine.debugger.pause();
  }

  /** Nothing runs any more. */
  discard(): void {
    this.#over = true;
    this.#running = false;
  }

  heldLocks(cpu: CpuId): readonly HeldLock[] {
    return this.lab.rules.heldLocks(cpu);
  }

  /** Frames of what a CPU executes, innermost first, through all its contexts. */
  frames(cpu: CpuId): StackEntry[] {
    const it = this.machine.cpus[cpu];
    return it === undefined ? [] : framesOf(it.current, topOf(it, this.machine));
  }

  placeAt(frame: Frame, pc: number): Place {
    return this.machine.places.at(frame, pc);
  }

  /** A function of the model by the name of its function object, with its first statement. */
  functionNamed(name: string): { module: CompiledModule; pc: number } | null {
    if (name === "") return null;
    for (const module of new Set([...this.lab.program.modelModules, ...this.lab.modules.keys()]))
      for (const fn of module.functions)
        if (fn.firstPc >= 0 && (fn.name === name || fn.name.endsWith(`.${name}`)))
          return { module, pc: fn.firstPc };
    return null;
  }

  /** Compiles a read-only expression for one place of the program; evaluating it is no step of the run. */
  compile(text: string, module: CompiledModule, pc: number): Evaluate {
    const names = new FrameNames(this, module, pc);
    const { evaluate, runsCode } = compileExpression(text, names, this.#policy(false, null));
    // Conditions on the hot path mostly read a variable or two: those need no protection.
    return runsCode ? (environment) => this.machine.unnoticed(() => evaluate(environment)) : evaluate;
  }

  /** Evaluates an expression of the user in a frame (or outside of all). */
  evaluate(text: string, cpu: CpuId, frame: Frame | null, mayMutate: boolean): unknown {
    const module = frame?.fn.module ?? this.lab.program.model;
    const names = new FrameNames(this, module, frame?.pc ?? -1);
    const { evaluate } = compileExpression(text, names, this.#policy(mayMutate, cpu));
    const ask = (): unknown => evaluate({ frame, cpu, parameters: [] });
    return mayMutate ? this.quietly(ask) : this.machine.unnoticed(ask);
  }

  /** Looks at the program without being part of the run. */
  quietly<T>(ask: () => T): T {
    return this.machine.quietly(ask);
  }

  #slice(): void {
    if (!this.#running || this.#over) return;
    try {
      const { state } = this.#timed();
      const stop = state.kind === "stopped" ? this.#tellable(state.stop) : null;
      if (stop === null && state.kind !== "ended") {
        platform().soon(() => this.#slice());
        return;
      }
      this.#running = false;
      this.machine.debugger.clear();
      this.machine.debugger.stopAt(Number.POSITIVE_INFINITY);
      if (stop !== null) this.#listener.stopped(stop);
      else if (state.kind === "ended") this.#listener.ended(state.reason);
    } catch (error) {
      this.#running = false;
      this.#listener.crashed(error);
    }
  }

  /** One slice. */
  #timed(): { state: RunState; stopped: boolean } {
    const startedMs = performance.now();
    const ticksBefore = this.machine.tickCount;
    const state = this.machine.run(this.#sliceTicks);
    if (state.kind === "slice")
      this.#adapt(performance.now() - startedMs, this.machine.tickCount - ticksBefore);
    this.#listener.passed();
    return { state, stopped: state.kind === "stopped" };
  }

  /** Chooses the next slice's length by the speed of this one. */
  #adapt(ms: number, ticks: number): void {
    const wanted = (ticks * SLICE_MS) / Math.max(ms, 0.05);
    this.#sliceTicks = Math.round(Math.min(MAX_SLICE_TICKS, Math.max(MIN_SLICE_TICKS, wanted, ticks / 8)));
  }

  #policy(mayMutate: boolean, cpu: CpuId | null): Policy {
    const executes = cpu === null || cpu === this.machine.cpu.id;
    return {
      mayMutate,
      isPure: (fn) => this.#known().pureAnywhere.has(fn) || (executes && this.#known().pureHere.has(fn)),
      isFreed: (object) => this.machine.freed.get(object) !== undefined,
      checkCall: (fn, name) => {
        if (executes || isPureNative(fn) || this.#known().pureAnywhere.has(fn)) return;
        if ((fn as { [GEN]?: unknown })[GEN] === undefined) return;
        const here = this.machine.cpu.id;
        throw new UserError(
          `${name}() can be called only on the CPU that executes now (CPU ${here}): choose a frame of it`,
        );
      },
    };
  }

  /** Where a function of the program is written; null if its name does not tell. */
  #definition(fn: object): Place | null {
    const name = Object.getOwnPropertyDescriptor(fn, "name")?.value as unknown;
    if (typeof name !== "string" || name === "") return null;
    const places = [...this.lab.modules.keys()].flatMap((module) =>
      module.functions
        .filter((known) => known.name === name && known.firstPc >= 0)
        .map(({ range }) => ({ module, range })),
    );
    const mine = places.filter(({ module }) => this.machine.places.modelModules.has(module));
    const found = mine.length > 0 ? mine : places;
    if (found.length !== 1) return null;
    const { module, range } = found[0]!;
    const model = this.machine.places.modelModules.has(module);
    return { file: module.file, line: range.line, column: range.column, fn: name, model };
  }

  #freed(object: object): string | null {
    const record = this.machine.freed.get(object);
    if (record === undefined) return null;
    const at = record.freedAt;
    return at === null ? "freed" : `freed at ${at.file.slice(at.file.lastIndexOf("/") + 1)}:${at.line}`;
  }

  /** Found when the first expression asks: that is after the first stop. */
  #known(): Api {
    this.#api ??= findApi(this.lab);
    return this.#api;
  }
}

interface Api {
  readonly names: ReadonlyMap<string, Record<string, unknown>>;
  readonly pureAnywhere: ReadonlySet<unknown>;
  readonly pureHere: ReadonlySet<unknown>;
}

function findApi(lab: Lab): Api {
  const names = new Map<string, Record<string, unknown>>();
  const pureAnywhere = new Set<unknown>();
  const pureHere = new Set<unknown>();
  for (const { compiled, exports } of lab.modules.values()) {
    if (!compiled.id.startsWith(HEADERS)) continue;
    for (const name of Object.keys(exports)) {
      if (!names.has(name)) names.set(name, exports);
      const pure = PURE_ANYWHERE.has(name) ? pureAnywhere : PURE_HERE.has(name) ? pureHere : null;
      if (pure !== null) notePure(pure, exports, name);
    }
  }
  return { names, pureAnywhere, pureHere };
}

function notePure(pure: Set<unknown>, exports: Record<string, unknown>, name: string): void {
  try {
    const fn = exports[name];
    if (typeof fn === "function") pure.add(fn);
  } catch {
    // a binding that is not initialised before boot: constants are not functions
  }
}

/** Lets requests be answered. */
export function pausing(): Promise<void> {
  return new Promise((resolve) => platform().soon(resolve));
}
