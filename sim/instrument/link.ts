import { fillExports, type Instance, instantiate, makeNamespace } from "./load.ts";
import type { CompiledModule, LoadedModule, Monitor, Resumable } from "./monitor.ts";
import { markUnchanging } from "./runtime/imports.ts";

export interface LinkOptions {
  /** Id of the module that `specifier`, written in `from`, means; null if it is none of the linked modules. */
  readonly resolve: (specifier: string, from: CompiledModule) => string | null;
  /** Modules of the host, by specifier. */
  readonly host: (specifier: string) => Record<string, unknown> | undefined;
}

export interface LinkedProgram {
  /** In order of initialisation. */
  readonly modules: readonly LoadedModule[];
  readonly byId: ReadonlyMap<string, LoadedModule>;
  /** Evaluates all modules, in order; again at each boot. */
  init(): Resumable<void>;
}

/** The order in which modules are evaluated: imports first, cycles broken as ES modules do. */
export function initialisationOrder(
  modules: readonly CompiledModule[],
  resolve: LinkOptions["resolve"],
): CompiledModule[] {
  const byId = new Map(modules.map((module) => [module.id, module]));
  const seen = new Set<CompiledModule>();
  const order: CompiledModule[] = [];
  const visit = (module: CompiledModule): void => {
    if (seen.has(module)) return;
    seen.add(module);
    for (const specifier of module.imports) {
      const next = byId.get(resolve(specifier, module) ?? "");
      if (next !== undefined) visit(next);
    }
    order.push(module);
  };
  for (const module of modules) visit(module);
  return order;
}

/** Brings modules that import each other into memory. */
export function link(
  modules: readonly CompiledModule[],
  monitor: Monitor,
  options: LinkOptions,
): LinkedProgram {
  const order = initialisationOrder(modules, options.resolve);
  const namespaces = new Map(order.map((module) => [module.id, makeNamespace()]));
  const instances: Instance[] = [];
  const hostModule = (specifier: string): Record<string, unknown> | undefined => {
    const found = options.host(specifier);
    for (const value of Object.values(found ?? {})) markUnchanging(value);
    return found;
  };
  for (const module of order) {
    const find = (specifier: string): Record<string, unknown> => {
      const id = options.resolve(specifier, module);
      const found = (id === null ? undefined : namespaces.get(id)) ?? hostModule(specifier);
      if (found === undefined) throw new Error(`${module.file}: cannot find module "${specifier}"`);
      return found;
    };
    instances.push(instantiate(module, monitor, find, namespaces.get(module.id)!));
  }
  fillExports(instances);
  for (const instance of instances) instance.bind();
  const byId = new Map(instances.map((instance) => [instance.compiled.id, instance]));
  return {
    modules: instances,
    byId,
    *init(): Resumable<void> {
      for (const instance of instances) instance.reset();
      for (const instance of instances) yield* instance.evaluate();
    },
  };
}
