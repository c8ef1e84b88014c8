/**
 * The contract between instrumented code and whoever drives it. The instrumented program calls a {@link Monitor};
 * the machine implements it. Nothing here knows CPUs, contexts or Linux.
 */

/** Under this symbol a function of the program (or a host function that may pause) carries its resumable twin. */
export const GEN: unique symbol = Symbol.for("netdev-lab.gen") as never;
/** Under this symbol a class of the program carries its resumable constructor `(newTarget, args) => Generator`. */
export const NEW: unique symbol = Symbol.for("netdev-lab.new") as never;

/** A resumable computation: what it yields means nothing; it yields only where the machine switches or stops. */
export type Resumable<T = unknown> = Generator<void, T, void>;

/**
 * Reads (`write` false) or writes variable number `index` of one live scope. Reading in the temporal dead zone throws a
 * ReferenceError; `"restore"` also writes constants of a module, with a value that its evaluation gave.
 */
export type ScopeAccessor = (index: number, write: boolean | "restore", value?: unknown) => unknown;

/** One activation of an instrumented function. Slots `s0`, `s1` … hold the accessors of the scopes entered so far. */
export interface Frame {
  readonly fn: FunctionInfo;
  pc: number;
  readonly parent: Frame | null;
  readonly depth: number;
  s0?: ScopeAccessor;
  s1?: ScopeAccessor;
  s2?: ScopeAccessor;
  s3?: ScopeAccessor;
  s4?: ScopeAccessor;
  s5?: ScopeAccessor;
  s6?: ScopeAccessor;
  s7?: ScopeAccessor;
  /** Scopes nested deeper than eight. */
  more?: ScopeAccessor[];
  /** `this` of the activation, if the function uses it. */
  self?: unknown;
}

/** What happens to memory at a scheduling point. */
export const LOAD = 0;
export const STORE = 1;
/** A method of an array, a typed array, a DataView, a Map or a Set is called. */
export const CALL = 2;
export type AccessKind = typeof LOAD | typeof STORE | typeof CALL;

export interface Monitor {
  /** Statement ticks left before `tick` must be called; a small integer. */
  ticksLeft: number;
  /** Scheduling points left before `point` must be called; a small integer. */
  pointsLeft: number;
  /** Innermost frame of the running context. */
  top: Frame | null;
  /** Called at an armed statement, in place of counting `ticksLeft` down (which it does); true if `tick` must be called. */
  armed(frame: Frame, pc: number): boolean;
  /** Called at a statement when `ticksLeft` ran out, or where `armed` said so. */
  tick(frame: Frame, pc: number): Resumable<void>;
  /**
   * Called at a scheduling point before an access when `pointsLeft` ran out: true if `point` must be called. `object` and
   * `key` tell what is accessed: a property (`key` undefined: all of the object's content), or a variable (`object` stands
   * for the scope). For `AccessKind.Call` it is a method of the language named `key`, called with `args`.
   */
  due(
    frame: Frame,
    pc: number,
    object: unknown,
    key: unknown,
    kind: AccessKind,
    args?: readonly unknown[],
  ): boolean;
  /** Called at a scheduling point when `due` said so, or where the kernel asks. */
  point(frame: Frame, pc: number): Resumable<void>;
  /** Runs instrumented code that native code called, to its end; blocking inside is an error. */
  runNested<T>(body: Resumable<T>): T;
  /** The 501st frame: throws what ends the task. */
  stackOverflow(frame: Frame): never;
}

/** A range of the original TypeScript; lines and columns count from 1, the end is exclusive. */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FunctionInfo {
  /** As in the source; `"(anonymous)"` if it has none; methods as `Class.method`; the module's top level is `"(module)"`. */
  readonly name: string;
  readonly module: CompiledModule;
  readonly range: SourceRange;
  /** The pc of its first statement, or -1 if it has none. */
  readonly firstPc: number;
}

export interface VariableInfo {
  readonly name: string;
  readonly kind: "param" | "let" | "const" | "var" | "function" | "class" | "import" | "closure";
}

export interface ScopeInfo {
  readonly id: number;
  /** Enclosing scope in the same function, or -1. */
  readonly parent: number;
  /** Frame slot that holds its accessor. */
  readonly slot: number;
  readonly variables: readonly VariableInfo[];
  readonly range: SourceRange;
}

/** One place where the program may stop. */
export interface PcInfo extends SourceRange {
  readonly kind: "statement" | "point" | "call";
  /** Index into {@link CompiledModule.functions}. */
  readonly fn: number;
  /** Innermost scope that is live here: index into {@link CompiledModule.scopes}, or -1. */
  readonly scope: number;
}

/** What the author must change, and where. `error` means that the module cannot run. */
export interface InstrumentDiagnostic extends SourceRange {
  readonly severity: "error" | "warning";
  /** Stable, e.g. `syntax`, `async`, `eval`, `forbidden-import`, `forbidden-global`. */
  readonly code: string;
  readonly message: string;
  readonly file: string;
}

/** A name taken from another module: where the module writes it. */
export interface ImportedName extends SourceRange {
  readonly specifier: string;
  readonly name: string;
  /** Only passed on (`export { T } from "…"`): it may turn out to be a type. */
  readonly passedOn: boolean;
}

export interface CompiledModule {
  /** The name by which others import it, e.g. `linux/netdevice`; for a user's file its path. */
  readonly id: string;
  /** Path shown to users. */
  readonly file: string;
  /** Text of the original. */
  readonly source: string;
  /** Import specifiers as written, in order of first occurrence. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  /** What `export * from` names. */
  readonly stars: readonly string[];
  /** Names that it takes from other modules as values. */
  readonly imported: readonly ImportedName[];
  /** Names of the types that it declares. */
  readonly types: readonly string[];
  /** Names of the accessors (`get x()`, `set x(v)`) that it declares. */
  readonly accessors: readonly string[];
  /** Body of the factory, or the factory itself where the host has made it already. */
  readonly code: string | ModuleFactory;
  readonly pcs: readonly PcInfo[];
  /** Length of `pcs`. */
  readonly pcCount: number;
  readonly functions: readonly FunctionInfo[];
  readonly scopes: readonly ScopeInfo[];
  readonly diagnostics: readonly InstrumentDiagnostic[];
}

/** Makes the functions of a module; `runtime` is what {@link makeRuntime} returns. Called once for each machine. */
export type ModuleFactory = (runtime: unknown) => unknown;

export interface CompileOptions {
  readonly id: string;
  readonly file: string;
  /** `accesses`: each load and store of shared state is a scheduling point (driver models, workloads). `explicit`: only those asked for (kernel). */
  readonly points: "accesses" | "explicit";
  /** Frames, scopes and breakpoint tests (debugging); without them the code is faster and gives the same history. Default true. */
  readonly rich?: boolean;
  /** The kernel's own code: no use of a variable before its initialisation, no state kept on functions. */
  readonly trusted?: boolean;
  /** Names of accessors that other modules of the program declare (see `compileTogether`). */
  readonly accessors?: Iterable<string>;
}

/** A module in memory: factory called, exports object made; `init` evaluates its top level anew. */
export interface LoadedModule {
  readonly compiled: CompiledModule;
  /** The module namespace: own properties are the exports (live). */
  readonly exports: Record<string, unknown>;
  /** Armed pcs: non-zero makes the statement call {@link Monitor.tick}. */
  readonly breakpoints: Uint8Array;
  /** Evaluates the top level (also on each later boot). Imports must have been initialised before. */
  init(): Resumable<void>;
  /** The module-level variables, as a scope (also the ones that are not exported). */
  readonly scope: { readonly info: ScopeInfo; readonly access: ScopeAccessor };
}

/*
 * sim/instrument exports (sim/instrument/index.ts):
 *   compile(source: string, options: CompileOptions): CompiledModule          never throws on bad source: see `diagnostics`
 *   load(module: CompiledModule, monitor: Monitor, resolve: (specifier: string) => Record<string, unknown>): LoadedModule
 *   link(modules, …): initialisation order for modules that import each other (cycles as in ES modules)
 *   resumable(plain, generator): a host function with a resumable twin
 *   call(fn, self, args): Resumable   calls any function value, resumably if it can
 *   serialise/deserialise for modules compiled at build time (`function` infos point back to their module)
 */
