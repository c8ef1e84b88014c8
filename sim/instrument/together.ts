import { compile } from "./compile.ts";
import type { CompiledModule, CompileOptions } from "./monitor.ts";

/** One file of a program, and how to compile it. */
export interface ProgramFile {
  readonly source: string;
  readonly options: CompileOptions;
}

/** How to compile a module: {@link compile}, or something that remembers what that gave. */
export type Compile = (source: string, options: CompileOptions) => CompiledModule;

/**
 * Compiles again the modules that use the name of an accessor which another one declares, so that such an accessor can
 * pause. `options`: how each was compiled; accessors known then need nothing.
 */
export function shareAccessors(
  modules: readonly CompiledModule[],
  options: (module: CompiledModule) => CompileOptions,
  compiler: Compile = compile,
): CompiledModule[] {
  const names = new Set(modules.flatMap((module) => module.accessors));
  return modules.map((module) => {
    const how = options(module);
    const known = new Set([...module.accessors, ...(how.accessors ?? [])]);
    const foreign = [...names].filter((name) => !known.has(name) && mentions(module.source, name));
    if (foreign.length === 0) return module;
    return compiler(module.source, { ...how, accessors: [...(how.accessors ?? []), ...foreign] });
  });
}

/** May the source use a property of that name? */
function mentions(source: string, name: string): boolean {
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1))
    if (!isPart(source[at - 1]) && !isPart(source[at + name.length])) return true;
  return false;
}

const isPart = (character: string | undefined): boolean => character !== undefined && /[\w$]/.test(character);

/** Compiles the files of one program. */
export function compileTogether(files: readonly ProgramFile[]): CompiledModule[] {
  const options = new Map(files.map((file) => [file.options.id, file.options]));
  const modules = files.map((file) => compile(file.source, file.options));
  return shareAccessors(modules, (module) => options.get(module.id)!);
}
