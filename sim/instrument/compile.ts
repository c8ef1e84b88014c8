import { analyse } from "./analyse.ts";
import { emitModule } from "./emit-modules.ts";
import { Emitter } from "./emitter.ts";
import type { CompiledModule, CompileOptions, InstrumentDiagnostic } from "./monitor.ts";
import { parse } from "./parse.ts";

/** Rewrites one TypeScript module into a resumable program. Bad source never throws: see `diagnostics`. */
export function compile(source: string, options: CompileOptions): CompiledModule {
  const { program, problems } = parse(source);
  const { id, file } = options;
  const diagnostics: InstrumentDiagnostic[] = problems.map(({ message, line, column }) => ({
    severity: "error",
    code: "syntax",
    message,
    file,
    line,
    column,
    endLine: line,
    endColumn: column + 1,
  }));
  const empty = { id, file, source, imports: [], exports: [], code: "", pcs: [], functions: [], scopes: [] };
  if (program === null) return { ...empty, diagnostics };
  const analysis = analyse(program);
  const emitter = new Emitter(source, options, analysis, diagnostics, analysis.accessors);
  const { code, exports } = emitModule(emitter, program);
  const { imports, pcs, functions, scopes } = emitter;
  const module: CompiledModule = {
    id,
    file,
    source,
    imports,
    exports,
    code,
    pcs,
    functions,
    scopes,
    diagnostics,
  };
  emitter.module.current = module;
  return module;
}
