import type {
  CompiledModule,
  LoadedModule,
  ModuleFactory,
  Monitor,
  Resumable,
  ScopeAccessor,
} from "./monitor.ts";
import { markUnchanging } from "./runtime/imports.ts";
import { makeRuntime } from "./runtime/runtime.ts";

type ExportEntry = readonly [name: string, read: () => unknown, fixed: boolean, lenient: boolean];

interface Factory {
  readonly exports: readonly ExportEntry[];
  readonly stars: readonly Record<string, unknown>[];
  readonly scope: ScopeAccessor;
  readonly bind: () => void;
  readonly reset: () => void;
  readonly evaluate: () => Resumable<void>;
}

export type Resolve = (specifier: string) => Record<string, unknown>;

type Exports = Map<string, PropertyDescriptor>;

/** A module whose factory has run; its exports object is still empty (see {@link fillExports}). */
export interface Instance extends LoadedModule {
  /** What `export *` names. */
  readonly stars: readonly Record<string, unknown>[];
  readonly named: Exports;
  /** Puts the variables of the module back to what they are before its evaluation. */
  readonly reset: () => void;
  readonly evaluate: () => Resumable<void>;
  /** Looks up once the imported functions that can never change; to be called when every module is in memory. */
  readonly bind: () => void;
}

/** An exports object before its module exists: importers in a cycle hold it already. */
export function makeNamespace(): Record<string, unknown> {
  const namespace = Object.create(null) as Record<string, unknown>;
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  return namespace;
}

/** Calls the factory. */
export function instantiate(
  compiled: CompiledModule,
  monitor: Monitor,
  resolve: Resolve,
  namespace: Record<string, unknown> = makeNamespace(),
): Instance {
  const error = compiled.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (error) throw new SyntaxError(`${error.file}:${error.line}:${error.column}: ${error.message}`);
  const breakpoints = new Uint8Array(compiled.pcCount);
  const runtime = makeRuntime(monitor, breakpoints, compiled.functions, resolve);
  const { exports, stars, scope, bind, reset, evaluate } = factoryOf(compiled)(runtime) as Factory;
  const named: Exports = new Map();
  for (const entry of exports) addExport(named, entry);
  return {
    compiled,
    exports: namespace,
    breakpoints,
    init() {
      reset();
      return evaluate();
    },
    scope: {
      // scopes are unpacked when somebody looks
      get info() {
        return compiled.scopes[0]!;
      },
      access: scope,
    },
    stars,
    named,
    reset,
    evaluate,
    bind,
  };
}

/** Factories by their modules: text is compiled once, however many machines use it. */
const factories = new WeakMap<CompiledModule, ModuleFactory>();

function factoryOf(compiled: CompiledModule): ModuleFactory {
  const { code, id } = compiled;
  if (typeof code === "function") return code;
  const known = factories.get(compiled);
  if (known !== undefined) return known;
  const factory = new Function("$rt", `${code}\n//# sourceURL=netdev-lab:${id}`) as ModuleFactory;
  factories.set(compiled, factory);
  return factory;
}

const LIVE = "get$";

function addExport(named: Exports, [name, read, fixed]: ExportEntry): void {
  if (fixed) {
    const value = read();
    markUnchanging(value);
    named.set(name, { value, enumerable: true });
  } else named.set(name, { get: read, enumerable: true });
  if (!name.startsWith(LIVE)) return;
  const get = (): unknown => (read() as () => unknown)();
  named.set(name.slice(LIVE.length), { get, enumerable: true });
}

/** Fills the exports objects of modules that are all in memory: first what `export *` adds, round after round. */
export function fillExports(instances: readonly Instance[]): void {
  const byNamespace = new Map(instances.map((instance) => [instance.exports, instance]));
  const fill = ({ named, stars }: Instance): boolean => {
    let changed = false;
    for (const star of stars)
      for (const name of byNamespace.get(star)?.named.keys() ?? Object.keys(star)) {
        if (name === "default" || named.has(name)) continue;
        named.set(name, { get: () => star[name], enumerable: true });
        changed = true;
      }
    return changed;
  };
  while (instances.map(fill).some((changed) => changed));
  for (const { exports, named } of instances) {
    for (const name of [...named.keys()].sort()) Object.defineProperty(exports, name, named.get(name)!);
    Object.preventExtensions(exports);
  }
}

/** Brings one module into memory; its imports must be there already. */
export function load(module: CompiledModule, monitor: Monitor, resolve: Resolve): LoadedModule {
  const instance = instantiate(module, monitor, resolve);
  fillExports([instance]);
  instance.bind();
  return instance;
}
