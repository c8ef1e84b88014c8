/** Names and fields on a path: what they hold, and who may have stored it. */
import type * as t from "@babel/types";
import { CONSTANTS } from "../api/constants.ts";
import type { Span } from "../finding.ts";
import type { Interpreter } from "../interp.ts";
import { type Model, type Module, spanOf } from "../model.ts";
import type { State } from "../state.ts";
import { type Env, FALSE, keyOf, num, UNDEFINED, type Value } from "../values.ts";
import type { Activation, ApiCall, Watcher } from "./types.ts";

const ELEMENT = /^(\d+$|\[)/;

export abstract class Memory {
  readonly model: Model;
  readonly stack: Activation[] = [];
  /** Function values that were ever stored under a name: what an unknown callee may be. */
  readonly candidates: Map<string, Map<string, Value>>;
  readonly envs: Map<Module, Env>;
  /** Classes of the private areas of devices that were allocated here. */
  readonly privTypes = new Map<string, string>();
  protected readonly watchers: readonly Watcher[];
  protected readonly owners = new Map<string, string>();
  /** The module whose top level is evaluated. */
  protected topLevel: Module | null = null;

  constructor(
    model: Model,
    watchers: readonly Watcher[],
    candidates: Map<string, Map<string, Value>>,
    envs: Map<Module, Env>,
  ) {
    this.model = model;
    this.watchers = watchers;
    this.candidates = candidates;
    this.envs = envs;
  }

  /** All of the interpreter: what watchers are given. */
  protected abstract get whole(): Interpreter;

  get file(): string {
    return this.module.file;
  }

  protected get module(): Module {
    return this.stack.at(-1)?.fn.module ?? this.topLevel!;
  }

  span(node: t.Node): Span {
    return spanOf(this.module.file, node);
  }

  /** A value of which nothing is known. */
  fresh(state: State, node: t.Node, hint: string): Extract<Value, { k: "sym" }> {
    const site = `${hint}@${this.module.file.length}:${node.start}`;
    return { k: "sym", id: `${site}#${state.occurrence(site)}` };
  }

  // ---- names ------------------------------------------------------------------------------------------------------

  protected thisValue(env: Env, state: State): Value | undefined {
    for (let e: Env | null = env; e; e = e.parent) {
      const value = state.cells.get(`${e.frame}.this`);
      if (value) return value;
    }
    return undefined;
  }

  protected nameValue(node: t.Identifier, env: Env, state: State): Value {
    const { name } = node;
    if (name === "undefined") return UNDEFINED;
    if (name === "NaN") return FALSE;
    const owner = ownerOf(name, env);
    if (owner !== null) {
      const key = `${owner.frame}.${name}`;
      return state.cells.get(key) ?? typed({ k: "sym", id: key }, this.model.varTypes.get(name) || undefined);
    }
    const module = moduleOf(env, this.envs);
    const imported = module?.imports.get(name);
    if (imported === undefined) return { k: "api", name };
    if (!imported.specifier.startsWith(".")) return this.kernelName(imported.name, node, state);
    return this.importedValue(module!, imported.specifier, imported.name, state);
  }

  protected kernelName(name: string, node: t.Node, state: State): Value {
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return num(constant, name);
    if (name === "jiffies") return this.fresh(state, node, "jiffies");
    if (/^E[A-Z0-9]+$/.test(name))
      return num(1000 + [...name].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 3000, 7), name);
    if (/^[A-Z][A-Z0-9_]*$/.test(name)) return { k: "sym", id: `const:${name}` };
    return { k: "api", name };
  }

  protected importedValue(module: Module, specifier: string, name: string, state: State): Value {
    const file = module.relative.get(specifier);
    const target = file === undefined ? undefined : this.model.modules.get(file);
    if (target === undefined) return { k: "sym", id: `import:${specifier}.${name}` };
    const local = target.exports.get(name) ?? name;
    const again = target.imports.get(local);
    if (again?.specifier.startsWith(".") && again.specifier !== specifier)
      return this.importedValue(target, again.specifier, again.name, state);
    const key = `${this.envs.get(target)!.frame}.${local}`;
    return state.cells.get(key) ?? { k: "sym", id: key };
  }

  protected assignName(name: string, value: Value, env: Env, state: State): void {
    const owner = ownerOf(name, env);
    if (owner === null) return;
    state.cells.set(`${owner.frame}.${name}`, value);
    if (value.k === "sym" && /^m\d+$/.test(owner.frame)) this.keptByModule(value, state);
    this.remember(name, value);
  }

  /** A module's variable keeps a device for module_exit, not for the error path of module_init. */
  protected keptByModule(value: Extract<Value, { k: "sym" }>, state: State): void {
    const object = state.objs.get(value.id);
    if (object?.kind === "skb" && (object.st === "new" || object.st === "borrowed"))
      state.objs.set(value.id, { ...object, st: "kept" });
  }

  remember(name: string, value: Value): void {
    if (value.k !== "fn") return;
    const known = this.candidates.get(name) ?? new Map<string, Value>();
    known.set(keyOf(value), value);
    this.candidates.set(name, known);
  }

  // ---- fields -----------------------------------------------------------------------------------------------------

  /** The value of a field, as far as it is known. */
  field(object: Value, field: string, node: t.Node, state: State): Value {
    for (const w of this.watchers) w.load?.(object, field, node, state, this.whole);
    if (object.k === "class" || object.k === "api")
      return { k: "api", name: `${object.k === "api" ? object.name : object.cls.name}.${field}` };
    const base = keyOf(object);
    if (object.k === "sym" && object.t && this.model.classes.has(object.t))
      this.owners.set(`${base}.${field}`, `${this.declaring(object.t, field)}.${field}`);
    const known = state.cells.get(`${base}.${field}`);
    if (known?.k === "sym" && object.k === "sym" && object.t && this.model.classes.has(object.t))
      this.owners.set(known.id, `${this.declaring(object.t, field)}.${field}`);
    if (known) return known;
    const type = object.k === "sym" && object.t ? this.fieldType(object.t, field) : undefined;
    // since an unknown element was written, an element is not what it was when it was read before
    const stores = ELEMENT.test(field) ? (state.counts.get(`elements of ${base}`) ?? 0) : 0;
    const id = stores > 0 ? `${base}.${field}'${stores}` : `${base}.${field}`;
    return { k: "sym", id, ...(type ? { t: type } : {}) };
  }

  setField(object: Value, field: string, value: Value, node: t.Node, state: State): void {
    for (const w of this.watchers) w.store?.(object, field, value, node, state, this.whole);
    this.escape(value, node, state);
    // which element of an array it is cannot be told later
    if (ELEMENT.test(field) && value.k === "sym" && state.objs.get(value.id)?.kind === "netdev")
      state.objs.delete(value.id);
    this.remember(`.${field}`, value);
    const base = keyOf(object);
    // an element at an unknown place may be any of them
    if (field.startsWith("[")) {
      for (const [key] of [...state.cells]) if (key.startsWith(`${base}.`)) state.cells.delete(key);
      state.occurrence(`elements of ${base}`);
      state.occurrence("elements");
    }
    state.cells.set(`${base}.${field}`, value);
  }

  copyFields(to: Value, from: Value, node: t.Node, state: State): void {
    const prefix = `${keyOf(from)}.`;
    for (const [key, value] of [...state.cells])
      if (key.startsWith(prefix) && !key.slice(prefix.length).includes("."))
        this.setField(to, key.slice(prefix.length), value, node, state);
  }

  /** Somebody else knows the object from here on. */
  escape(value: Value, node: t.Node, state: State): void {
    if (value.k !== "sym") return;
    const object = state.objs.get(value.id);
    if (object && (object.st === "new" || object.st === "borrowed") && object.kind !== "netdev")
      state.objs.set(value.id, { ...object, st: "kept", at: this.span(node) });
  }

  fieldType(owner: string, field: string): string | undefined {
    if (owner.endsWith("[]")) return ELEMENT.test(field) ? owner.slice(0, -2) : undefined;
    for (
      let cls = this.model.classes.get(owner);
      cls;
      cls = cls.base ? this.model.classes.get(cls.base) : undefined
    ) {
      const type = cls.fields.get(field);
      if (type !== undefined) return type === "" ? undefined : type;
    }
    return FIELD_TYPES[`${owner}.${field}`];
  }

  /** The struct and field that a value such as `priv(dev).lock` was read from: `my_priv.lock`. */
  fieldClass(id: string): string | undefined {
    return this.owners.get(id);
  }

  /** The class that declares a field, for the class of a lock. */
  declaring(owner: string, field: string): string {
    for (
      let cls = this.model.classes.get(owner);
      cls;
      cls = cls.base ? this.model.classes.get(cls.base) : undefined
    )
      if (cls.fields.has(field)) return cls.name;
    return owner;
  }

  // ---- what rules say of a path -----------------------------------------------------------------------------------

  /** After a mistake about interrupts on this path, what follows from it is no second one. */
  told(what: string, node: t.Node, state: State): void {
    state.objs.set(`told:${what}`, { kind: "mark", st: "told", at: this.span(node) });
  }

  /** The failure of a call that gives 0 or a negative errno. */
  failure(call: ApiCall): Value {
    const id = `errno:${call.name}:${call.node.start}`;
    call.state.facts.delete(id);
    return { k: "sym", id, object: true };
  }
}

const FIELD_TYPES: Readonly<Record<string, string>> = {
  "sk_buff.dev": "net_device",
  "net_device.xmit_lock": "spinlock_t",
  "net_device.queue_lock": "spinlock_t",
};

export function ownerOf(name: string, env: Env): Env | null {
  for (let e: Env | null = env; e; e = e.parent) if (e.names.has(name)) return e;
  return null;
}

function moduleOf(env: Env, envs: ReadonlyMap<Module, Env>): Module | undefined {
  let root = env;
  while (root.parent) root = root.parent;
  for (const [module, e] of envs) if (e.frame === root.frame) return module;
  return undefined;
}

export function typed(value: Value, type: string | undefined): Value {
  return type !== undefined && value.k === "sym" && value.t === undefined ? { ...value, t: type } : value;
}

export const elementType = (array: Value): string | undefined =>
  array.k === "sym" && array.t?.endsWith("[]") ? array.t.slice(0, -2) : undefined;
