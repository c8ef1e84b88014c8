import type * as t from "@babel/types";
import type { Analysis } from "./analyse.ts";
import type { Binding, FnRecord, Scope } from "./bindings.ts";
import type {
  AccessKind,
  CompiledModule,
  CompileOptions,
  FunctionInfo,
  InstrumentDiagnostic,
  PcInfo,
  ScopeInfo,
  SourceRange,
  VariableInfo,
} from "./monitor.ts";

/** State while one generator is written. */
export interface FnContext {
  readonly index: number;
  readonly record: FnRecord;
  /** What `super` looks at: text of the home object, or null. */
  readonly home: string | null;
  /** Text of the class whose constructor this is, for `super()`. */
  readonly ctor: { readonly cls: string; readonly derived: boolean; readonly after: string } | null;
  /** A generator of the program: its `yield` is told apart from the machine's. */
  readonly generator: boolean;
  /** Text of `this`; constructors and captured uses go through `$this`. */
  readonly self: string;
  /** Text of `arguments`. */
  readonly arguments: string;
  free: string[];
  /** Variables of the function that cannot be declared where they stand. */
  readonly vars: Set<string>;
  temps: number;
  slot: number;
  scope: number;
  /** The current statement has several calls: each records its own pc. */
  manyCalls: boolean;
  /** A generator of the program with `yield*`, which a `return()` may end from inside. */
  delegates: boolean;
}

export const NO_SCOPE = -1;

/** Everything one module's compilation collects. */
export class Emitter {
  readonly pcs: PcInfo[] = [];
  readonly functions: FunctionInfo[] = [];
  readonly scopes: ScopeInfo[] = [];
  /** Lines at the top of the factory: makers of function wrappers. */
  readonly hoisted: string[] = [];
  readonly imports: string[] = [];
  readonly importedFunctions: { readonly specifier: string; readonly name: string }[] = [];
  readonly globals = new Set<string>();
  /** Scopes whose variables are declared further out: their declarations are assignments. */
  readonly merged = new Set<Binding>();
  readonly hoistedScopes = new Set<Scope>();
  /** Names of the objects that stand for the variables of scopes whose variables are shared. */
  readonly memories = new Map<Scope, string>();
  readonly rich: boolean;
  readonly points: boolean;
  readonly module: { current: CompiledModule | null } = { current: null };
  fn!: FnContext;
  private unique = 0;

  constructor(
    readonly source: string,
    readonly options: CompileOptions,
    readonly analysis: Analysis,
    readonly diagnostics: InstrumentDiagnostic[],
    readonly accessors: ReadonlySet<string>,
  ) {
    this.rich = options.rich !== false;
    this.points = options.points === "accesses";
  }

  // ---- tables

  addPc(kind: PcInfo["kind"], node: t.Node): number {
    this.pcs.push({ kind, fn: this.fn.index, scope: this.fn.scope, ...rangeOf(node) });
    return this.pcs.length - 1;
  }

  addFunction(name: string, node: t.Node): number {
    const cell = this.module;
    const info = { name, range: rangeOf(node), firstPc: -1 };
    Object.defineProperty(info, "module", { get: () => cell.current, enumerable: false });
    this.functions.push(info as unknown as FunctionInfo);
    return this.functions.length - 1;
  }

  setFirstPc(index: number, pc: number): void {
    (this.functions[index] as { firstPc: number }).firstPc = pc;
  }

  addScope(parent: number, slot: number, variables: VariableInfo[], node: t.Node): number {
    this.scopes.push({ id: this.scopes.length, parent, slot, variables, range: rangeOf(node) });
    return this.scopes.length - 1;
  }

  /** Number of an imported name that is called. */
  importedFunction(specifier: string, name: string): number {
    const known = this.importedFunctions.findIndex((f) => f.specifier === specifier && f.name === name);
    return known >= 0 ? known : this.importedFunctions.push({ specifier, name }) - 1;
  }

  importIndex(specifier: string): number {
    const known = this.imports.indexOf(specifier);
    if (known >= 0) return known;
    this.imports.push(specifier);
    return this.imports.length - 1;
  }

  error(code: string, message: string, node: t.Node): void {
    const { file } = this.options;
    this.diagnostics.push({ severity: "error", code, message, file, ...rangeOf(node) });
  }

  // ---- names

  fresh(): number {
    return ++this.unique;
  }

  temp(): string {
    return this.fn.free.pop() ?? `$${++this.fn.temps}`;
  }

  release(...temps: string[]): void {
    for (const temp of temps) if (/^\$\d+$/.test(temp)) this.fn.free.push(temp);
  }

  /** Runs `body` with one temporary. */
  withTemp(body: (temp: string) => string): string {
    const temp = this.temp();
    const text = body(temp);
    this.release(temp);
    return text;
  }

  // ---- lookups

  binding(node: t.Node): Binding | null {
    return this.analysis.references.get(node) ?? null;
  }

  scopeOf(node: t.Node): Scope {
    return this.analysis.scopes.get(node)!;
  }

  text(node: t.Node): string {
    return this.source.slice(node.start!, node.end!);
  }

  // ---- ticks

  /** The condition part common to both forms of a tick. */
  private due(pc: number): string {
    return this.rich ? `($bp[${pc}]!==0?$m.armed($F,${pc}):--$m.ticksLeft<0)` : "--$m.ticksLeft<0";
  }

  /** A tick as a statement. */
  tick(node: t.Node): string {
    const pc = this.addPc("statement", node);
    this.noteFirst(pc);
    return `$F.pc=${pc};if(${this.due(pc)})yield*$m.tick($F,${pc});`;
  }

  /** A tick as an expression (loop headers). */
  tickExpression(node: t.Node): string {
    const pc = this.addPc("statement", node);
    this.noteFirst(pc);
    return `$F.pc=${pc},${this.due(pc)}?yield*$m.tick($F,${pc}):0`;
  }

  private noteFirst(pc: number): void {
    if (this.functions[this.fn.index]!.firstPc < 0) this.setFirstPc(this.fn.index, pc);
  }

  /**
   * A scheduling point before an access, followed by a comma; nothing where points are explicit. `object` and `key` are
   * texts that may be repeated: what is accessed.
   */
  point(node: t.Node, object: string, key: string, kind: AccessKind, args?: string): string {
    if (!this.points) return "";
    const pc = this.addPc("point", node);
    const list = args === undefined ? "" : `,[${args}]`;
    return `--$m.pointsLeft<0&&$m.due($F,${pc},${object},${key},${kind}${list})?yield*$m.point($F,${pc}):0,`;
  }

  /** Text of the object that stands for the memory of a scope's variables, one for each time the scope is entered. */
  memoryOf(scope: Scope): string {
    return this.memories.get(scope) ?? "$fn";
  }

  /** Records where the call stands, if its statement has several. */
  callSite(node: t.Node): string {
    if (!this.fn.manyCalls) return "";
    return `$F.pc=${this.addPc("call", node)},`;
  }
}

export function rangeOf(node: t.Node): SourceRange {
  const loc = node.loc!;
  return {
    line: loc.start.line,
    column: loc.start.column + 1,
    endLine: loc.end.line,
    endColumn: loc.end.column + 1,
  };
}

/** The program's own `$` names are moved out of the way of ours. */
export function safeName(name: string): string {
  return name.startsWith("$") ? `$$${name}` : name;
}

/** The generator behind a function whose target is known. */
export function generatorName(name: string): string {
  return `$g$${name}`;
}

export const quote = (text: string): string =>
  JSON.stringify(text)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
