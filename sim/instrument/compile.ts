import { type Analysis, analyse } from "./analyse.ts";
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
  const empty = {
    id,
    file,
    source,
    imports: [],
    exports: [],
    stars: [],
    imported: [],
    types: [],
    accessors: [],
    code: "",
    pcs: [],
    pcCount: 0,
    functions: [],
    scopes: [],
  };
  if (program === null) return { ...empty, diagnostics };
  let own: Analysis;
  let emitter: Emitter;
  let emitted: ReturnType<typeof emitModule>;
  try {
    const analysis = analyse(program);
    own = analysis;
    const accessors = new Set([...analysis.accessors, ...(options.accessors ?? [])]);
    emitter = new Emitter(source, options, analysis, diagnostics, accessors);
    emitted = emitModule(emitter, program);
  } catch (error) {
    // A tree that the parser mended may have holes: what it reported is enough.
    if (problems.length === 0) throw error;
    return { ...empty, diagnostics };
  }
  const { code, exports, stars, imported } = emitted;
  const { imports, pcs, functions, scopes } = emitter;
  const module: CompiledModule = {
    id,
    file,
    source,
    imports,
    exports,
    stars,
    imported,
    types: [...own.types],
    accessors: [...own.accessors],
    code,
    pcs,
    pcCount: pcs.length,
    functions,
    scopes,
    diagnostics,
  };
  emitter.module.current = module;
  return module;
}
