import type { CompiledModule, LoadedModule, Monitor, Resumable, ScopeAccessor } from "./monitor.ts";
import { markUnchanging } from "./runtime/imports.ts";
import { makeRuntime } from "./runtime/runtime.ts";

type ExportEntry = readonly [name: string, read: () => unknown, fixed: boolean, lenient: boolean];

interface Factory {
  readonly exports: readonly ExportEntry[];
  readonly stars: readonly Record<string, unknown>[];
  readonly scope: ScopeAccessor;
  readonly bind: () => void;
  readonly init: () => Resumable<void>;
}

export type Resolve = (specifier: string) => Record<string, unknown>;

/** A module whose factory has run; its `export *` is not filled in yet. */
export interface Instance extends LoadedModule {
  readonly stars: readonly Record<string, unknown>[];
  readonly entries: readonly ExportEntry[];
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
  const breakpoints = new Uint8Array(compiled.pcs.length);
  const runtime = makeRuntime(monitor, breakpoints, compiled.functions, resolve);
  const factory = new Function("$rt", `${compiled.code}\n//# sourceURL=netdev-lab:${compiled.id}`) as (
    runtime: unknown,
  ) => Factory;
  const made = factory(runtime);
  for (const entry of made.exports) addExport(namespace, entry);
  return {
    compiled,
    exports: namespace,
    breakpoints,
    init: made.init,
    scope: { info: compiled.scopes[0]!, access: made.scope },
    stars: made.stars,
    entries: made.exports,
    bind: made.bind,
  };
}

const LIVE = "get$";

function addExport(namespace: Record<string, unknown>, [name, read, fixed]: ExportEntry): void {
  const live = name.startsWith(LIVE) ? name.slice(LIVE.length) : null;
  if (fixed) {
    const value = read();
    markUnchanging(value);
    Object.defineProperty(namespace, name, { value, enumerable: true });
  } else Object.defineProperty(namespace, name, { get: read, enumerable: true, configurable: true });
  if (live === null) return;
  const get = (): unknown => (read() as () => unknown)();
  Object.defineProperty(namespace, live, { get, enumerable: true, configurable: true });
}

/** Fills in `export * from`. */
export function fillStars(instance: Instance): boolean {
  let changed = false;
  for (const star of instance.stars)
    for (const name of Object.keys(star)) {
      if (name === "default" || Object.hasOwn(instance.exports, name)) continue;
      Object.defineProperty(instance.exports, name, {
        get: () => star[name],
        enumerable: true,
        configurable: true,
      });
      changed = true;
    }
  return changed;
}

/** Brings one module into memory; its imports must be there already. */
export function load(module: CompiledModule, monitor: Monitor, resolve: Resolve): LoadedModule {
  const instance = instantiate(module, monitor, resolve);
  fillStars(instance);
  instance.bind();
  return instance;
}
