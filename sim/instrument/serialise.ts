import type { CompiledModule, FunctionInfo } from "./monitor.ts";

/** A compiled module as text, for modules compiled at build time. */
export function serialise(module: CompiledModule): string {
  const functions = module.functions.map(({ name, range, firstPc }) => ({ name, range, firstPc }));
  return JSON.stringify({ ...module, functions });
}

/** The way back: each function points to its module again. */
export function deserialise(text: string): CompiledModule {
  const module = JSON.parse(text) as CompiledModule;
  for (const info of module.functions as FunctionInfo[])
    Object.defineProperty(info, "module", { value: module, enumerable: false });
  return module;
}
