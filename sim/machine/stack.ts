/** From shadow-stack frames to places in the original TypeScript. */
import type { CompiledModule, Frame } from "../instrument/monitor.ts";
import type { Place } from "./events.ts";
import type { Context, Cpu, Registers, Task } from "./model.ts";

/** A frame with the context that it belongs to. */
export interface StackEntry {
  readonly frame: Frame;
  readonly context: Context;
}

/** The part of the registers that tells where execution stands. */
export type Running = Readonly<Pick<Registers, "top" | "cpu">>;

/** Frames of a task, innermost first, each with its context. `top` is its innermost frame. */
export function framesOf(task: Task, top: Frame | null): StackEntry[] {
  const entries: StackEntry[] = [];
  let context: Context = task.context;
  for (let frame = top; frame !== null; frame = frame.parent) {
    while (context.below !== null && frame === context.base) context = context.below;
    entries.push({ frame, context });
  }
  return entries;
}

/** Innermost frame of a CPU, whether it executes or not. */
export function topOf(cpu: Cpu, running: Running): Frame | null {
  return running.cpu === cpu ? running.top : cpu.current.top;
}

export interface PlaceFinder {
  /** Modules of the driver model (not the kernel's, not the workload's). */
  readonly modelModules: Set<CompiledModule>;
  /** Modules whose functions do for others what is told: where the model has no part, their caller is the place. */
  readonly helperModules: Set<CompiledModule>;
  at(frame: Frame, pc?: number): Place;
  /** Innermost place in the model on the running CPU, in the innermost context; or the innermost place at all. */
  here(running: Running): Place | null;
  stack(running: Running): Place[];
  ofTask(task: Task, running: Running): Place | null;
}

export function placeFinder(): PlaceFinder {
  const modelModules = new Set<CompiledModule>();
  const helperModules = new Set<CompiledModule>();

  function at(frame: Frame, pc = frame.pc): Place {
    const module = frame.fn.module;
    const info = module.pcs[pc];
    const range = info ?? frame.fn.range;
    return {
      file: module.file,
      line: range.line,
      column: range.column,
      fn: frame.fn.name,
      model: modelModules.has(module),
    };
  }

  function innermost(top: Frame | null, base: Frame | null): Place | null {
    let caller: Frame | null = null;
    for (let frame = top; frame !== base && frame !== null; frame = frame.parent) {
      const { module } = frame.fn;
      if (modelModules.has(module)) return at(frame);
      if (caller === null && !helperModules.has(module)) caller = frame;
    }
    caller ??= top;
    return caller === null ? null : at(caller);
  }

  return {
    modelModules,
    helperModules,
    at,
    here: ({ top, cpu }) => innermost(top, cpu.current.context.base),
    stack(running) {
      const places: Place[] = [];
      for (let frame = running.top; frame !== null; frame = frame.parent) places.push(at(frame));
      return places;
    },
    ofTask: (task, running) => innermost(running.cpu.current === task ? running.top : task.top, null),
  };
}
