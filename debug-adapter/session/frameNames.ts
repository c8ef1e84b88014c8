/** The names that an expression may use at one place of the program: locals first, then the module, then the kernel. */
import type {
  CompiledModule,
  Frame,
  LoadedModule,
  ScopeAccessor,
  ScopeInfo,
  VariableInfo,
} from "../../sim/instrument/monitor.ts";
import { UserError } from "../errors.ts";
import { GLOBALS } from "../expressions/builtins.ts";
import type { Binding, Names } from "../expressions/environment.ts";
import type { Run } from "./run.ts";
import { specialNames } from "./specialNames.ts";

/** The scopes that are live at a pc, innermost first. */
export function scopesAt(module: CompiledModule, pc: number): ScopeInfo[] {
  const scopes: ScopeInfo[] = [];
  let id = module.pcs[pc]?.scope ?? -1;
  while (id >= 0) {
    const scope = module.scopes[id];
    if (scope === undefined) break;
    scopes.push(scope);
    id = scope.parent;
  }
  return scopes;
}

/** The accessor of a live scope. */
export function accessorOf(frame: Frame, scope: ScopeInfo): ScopeAccessor | undefined {
  const { slot } = scope;
  if (slot >= 8) return frame.more?.[slot - 8];
  return frame[`s${slot}` as "s0"];
}

export class FrameNames implements Names {
  readonly #run: Run;
  readonly #module: CompiledModule | null;
  readonly #scopes: readonly ScopeInfo[];

  /** Names at a place, or (`module` null) those that are known everywhere. */
  constructor(run: Run, module: CompiledModule | null, pc: number) {
    this.#run = run;
    this.#module = module;
    this.#scopes = module === null ? [] : scopesAt(module, pc);
  }

  lookup(name: string): Binding | null {
    return this.#local(name) ?? this.#ofModule(name) ?? this.#elsewhere(name);
  }

  #local(name: string): Binding | null {
    for (const scope of this.#scopes) {
      const index = scope.variables.findIndex((variable) => variable.name === name);
      if (index >= 0) return scopeBinding(scope, index);
    }
    return null;
  }

  #ofModule(name: string): Binding | null {
    const loaded = this.#module === null ? undefined : this.#run.lab.modules.get(this.#module);
    return loaded === undefined ? null : moduleBinding(loaded, name);
  }

  #elsewhere(name: string): Binding | null {
    const special = specialNames(this.#run)[name];
    if (special !== undefined) return { read: special };
    const api = this.#run.api.get(name);
    if (api !== undefined) return { read: () => api[name], runsCode: true };
    if (Object.hasOwn(GLOBALS, name)) return { read: () => GLOBALS[name] };
    return null;
  }
}

function scopeBinding(scope: ScopeInfo, index: number): Binding {
  const variable = scope.variables[index]!;
  const access = (frame: Frame | null): ScopeAccessor => {
    const accessor = frame === null ? undefined : accessorOf(frame, scope);
    if (accessor === undefined) throw new UserError(`${variable.name} does not exist yet`);
    return accessor;
  };
  return {
    read: ({ frame }) => access(frame)(index, false),
    ...(isWritable(variable) ? { write: ({ frame }, value) => void access(frame)(index, true, value) } : {}),
  };
}

/** A variable of the module's top level. */
export function moduleBinding(loaded: LoadedModule, name: string): Binding | null {
  const { info, access } = loaded.scope;
  const index = info.variables.findIndex((variable) => variable.name === name);
  const variable = info.variables[index];
  if (variable === undefined) return null;
  return {
    read: () => access(index, false),
    runsCode: variable.kind === "import",
    ...(isWritable(variable) ? { write: (_, value) => void access(index, true, value) } : {}),
  };
}

export function isWritable(variable: VariableInfo): boolean {
  return variable.kind !== "const" && variable.kind !== "import";
}
