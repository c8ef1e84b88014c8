/** One boot of the simulated system under the debugger: the machine, who looks at it, and the slices it runs in. */

import type { CompiledModule, Frame } from "../../sim/instrument/monitor.ts";
import { GEN } from "../../sim/instrument/monitor.ts";
import type { LabConfig } from "../../sim/lab/config.ts";
import { Lab } from "../../sim/lab/lab.ts";
import type { Program } from "../../sim/lab/program.ts";
import type { StepMode, StopInfo } from "../../sim/machine/debugger.ts";
import type { Place } from "../../sim/machine/events.ts";
import type { EndReason, Machine } from "../../sim/machine/machine.ts";
import type { CpuId } from "../../sim/machine/model.ts";
import { framesOf, type StackEntry, topOf } from "../../sim/machine/stack.ts";
import type { HeldLock } from "../../sim/rules/state/held-locks.ts";
import { UserError } from "../errors.ts";
import { isPureNative } from "../expressions/builtins.ts";
import { compileExpression } from "../expressions/compile.ts";
import type { Evaluate, Policy } from "../expressions/environment.ts";
import type { ObjectNotes } from "../variables/format.ts";
import { FrameNames } from "./frameNames.ts";
import { PURE_ANYWHERE, PURE_HERE } from "./pureFunctions.ts";

export interface RunListener {
  stopped(stop: StopInfo): void;
  ended(reason: EndReason): void;
  /** The machine itself failed: a bug of ours. */
  crashed(error: unknown): void;
}

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
  readonly #listener: RunListener;
  #api: Api | null = null;
  #sliceTicks = FIRST_SLICE_TICKS;
  #running = false;
  #over = false;

  constructor(program: Program, config: LabConfig, noDebug: boolean, listener: RunListener) {
    this.lab = new Lab(program, config);
    this.machine = this.lab.machine;
    this.noDebug = noDebug;
    this.#listener = listener;
    this.notes = { freed: (object) => this.#freed(object) };
  }

  /** Names of the driver-facing API → the module object that has them. */
  get api(): ReadonlyMap<string, Record<string, unknown>> {
    return this.#known().names;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Lets the machine run on; with a step, until that is done. */
  resume(step?: { cpu: CpuId; mode: StepMode }): void {
    if (this.#running || this.#over) return;
    this.#running = true;
    this.machine.debugger.clear();
    if (step !== undefined) this.machine.debugger.step(step.cpu, step.mode);
    setImmediate(() => this.#slice());
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
    const startedMs = performance.now();
    const ticksBefore = this.machine.tickCount;
    try {
      const state = this.machine.run(this.#sliceTicks);
      if (state.kind === "slice") {
        this.#adapt(performance.now() - startedMs, this.machine.tickCount - ticksBefore);
        setImmediate(() => this.#slice());
        return;
      }
      this.#running = false;
      if (state.kind === "stopped") this.#listener.stopped(state.stop);
      else this.#listener.ended(state.reason);
    } catch (error) {
      this.#running = false;
      this.#listener.crashed(error);
    }
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
