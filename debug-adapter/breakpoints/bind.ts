/** Finds the places of breakpoints in compiled modules. */
import type { CompiledModule } from "../../sim/instrument/monitor.ts";
import { messageOf } from "../errors.ts";
import { type FunctionPattern, functionPattern } from "./functionPattern.ts";
import { locate } from "./locate.ts";
import type { Binding, Target } from "./userBreakpoint.ts";

/** A breakpoint on a line (and column) of a module. */
export function bindToLine(module: CompiledModule, line: number, column: number | undefined): Binding {
  const error = module.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (error !== undefined) return failed(`the file does not compile: line ${error.line}: ${error.message}`);
  const located = locate(module, line, column);
  if (located === null) return failed(`there is no statement in or below line ${line}`);
  const { pc, info } = located;
  const moved =
    info.line === line ? {} : { message: `moved to line ${info.line}: no statement begins in line ${line}` };
  return { verified: true, module, range: info, targets: [{ module, pc }], ...moved };
}

/**
 * A breakpoint on functions by name or pattern; `slots` are the callbacks that the kernel knows. A slot's name means what
 * drivers install there, never a function of the kernel that happens to be called so.
 */
export function bindToName(
  modules: Iterable<CompiledModule>,
  name: string,
  slots: ReadonlySet<string>,
  isKernel: (module: CompiledModule) => boolean,
): Binding {
  let pattern: FunctionPattern;
  try {
    pattern = functionPattern(name);
  } catch (error) {
    return failed(messageOf(error));
  }
  const slot = pattern.slot !== null && slots.has(pattern.slot) ? pattern.slot : null;
  const targets: Target[] = [];
  for (const module of modules) {
    const kernel = isKernel(module);
    if (kernel && (slot !== null || !pattern.inKernel)) continue;
    for (const fn of module.functions)
      if (fn.firstPc >= 0 && pattern.matches(module, kernel, fn.name))
        targets.push({ module, pc: fn.firstPc });
  }
  const bySlot = slot === null ? {} : { slot };
  const first = targets[0];
  if (first !== undefined) {
    const range = first.module.pcs[first.pc]!;
    const many = targets.length > 1 ? { message: `stops in ${targets.length} functions` } : {};
    return { verified: true, module: first.module, range, targets, ...many, ...bySlot };
  }
  if (slot !== null)
    return { verified: true, message: `stops in the function that is installed as ${slot}`, targets, slot };
  return failed(`there is no function ${name.trim()}, and no callback of that name`);
}

export function failed(message: string): Binding {
  return { verified: false, message, targets: [] };
}
