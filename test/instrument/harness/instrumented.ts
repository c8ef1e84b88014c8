import {
  type CompiledModule,
  call,
  compileTogether,
  type LinkedProgram,
  link,
  type Monitor,
  type Resumable,
} from "../../../sim/instrument/index.ts";
import { type Log, makeLog, type Outcome, returned, threw } from "./outcome.ts";
import type { SourceFile } from "./plain.ts";

export interface CompileChoices {
  readonly rich?: boolean;
  readonly points?: "accesses" | "explicit";
}

/** Compiles the files of a program; throws if the compiler complains. */
export function compileProgram(files: readonly SourceFile[], choices: CompileChoices = {}): CompiledModule[] {
  const { points = "accesses", rich = true } = choices;
  const modules = compileTogether(
    files.map(({ name, source }) => ({ source, options: { id: name, file: name, points, rich } })),
  );
  for (const module of modules)
    for (const d of module.diagnostics)
      if (d.severity === "error") throw new Error(`${d.file}:${d.line}:${d.column}: ${d.code}: ${d.message}`);
  return modules;
}

/** Links a compiled program; specifiers are relative to a flat folder. */
export function linkProgram(modules: readonly CompiledModule[], monitor: Monitor): LinkedProgram {
  return link([modules[modules.length - 1]!, ...modules.slice(0, -1)], monitor, {
    resolve: (specifier) => specifier.replace(/^\.\//, ""),
    host: () => undefined,
  });
}

interface MainOptions {
  readonly initialise?: boolean;
  readonly args?: readonly unknown[];
}

/** Evaluates `main` of an initialised program as one resumable computation that never throws. */
export function* runMain(
  program: LinkedProgram,
  id: string,
  { initialise = true, args = [] }: MainOptions = {},
): Resumable<Outcome> {
  const { log, lines } = makeLog();
  let result: string;
  try {
    if (initialise) yield* program.init();
    const main = program.byId.get(id)!.exports.main as (log: Log) => unknown;
    result = returned(yield* call(main, undefined, [log, ...args]));
  } catch (error) {
    result = threw(error);
  }
  return { log: lines, result };
}
