/** Loadable modules (kernel/module.c, kernel/params.c): the model is the one module. */

import { evaluate_model, model_name } from "lab";
import { driver_call, emit, object_id, point } from "machine";
import { EBUSY, EEXIST, EINVAL, ENOENT } from "../lib/errno.ts";
import { check_arg } from "./misuse.ts";
import { KERN_ERR, KERN_WARNING, printk } from "./printk.ts";

const MODULE_STATE_LIVE = 0;
const MODULE_STATE_COMING = 1;
const MODULE_STATE_GOING = 2;

/** A loaded module (struct module). */
export class module {
  readonly id = object_id("module");
  name = "";
  state = MODULE_STATE_COMING;
  /** Uses by others: while it is not 0, rmmod fails. */
  refcnt = 0;
  init: (() => unknown) | null = null;
  exit: (() => unknown) | null = null;
  readonly params = new Map<string, module_param_info>();
  readonly info = new Map<string, string>();
}

/** One parameter of a module. */
class module_param_info {
  set: (value: never) => unknown = () => 0;
  text = false;
}

let loaded: module | null = null;

/** The module of this file. Live binding. */
export function get$THIS_MODULE(): module | null {
  return loaded;
}
/** The module that this code belongs to. Linux include/linux/module.h: THIS_MODULE. */
export declare const THIS_MODULE: module | null;

/** True while the model's module is loaded. */
export function module_is_loaded(): boolean {
  return loaded !== null;
}

function coming(fn: string): module | null {
  if (loaded !== null && loaded.state === MODULE_STATE_COMING) return loaded;
  printk(`${KERN_WARNING}${fn}: not while a module is being loaded: ignored\n`);
  return null;
}

/** Names the function that insmod calls; it returns 0 or a negative errno. Linux include/linux/init.h: module_init. */
export function module_init(initfn: () => unknown): void {
  check_arg("module_init", "initfn", initfn, "function");
  const mod = coming("module_init");
  if (mod !== null) mod.init = initfn;
}

/** Names the function that rmmod calls. A module without one cannot be unloaded. Linux include/linux/init.h: module_exit. */
export function module_exit(exitfn: () => unknown): void {
  check_arg("module_exit", "exitfn", exitfn, "function");
  const mod = coming("module_exit");
  if (mod !== null) mod.exit = exitfn;
}

/**
 * Declares a parameter of the module: `module_param("debug", debug)` with `const debug = { v: 0 }` (C's `int`; text if its value
 * is a string), or with a function: `module_param("debug", (value: number) => { debug = value; })`. Numbers are read as C
 * does (0x… too).
 * @param target gets the value before module_init's function is called
 * Linux include/linux/moduleparam.h: module_param.
 */
export function module_param(
  name: string,
  target: ((value: number) => unknown) | { v: number } | { v: string },
  _perm = 0,
): void {
  check_arg("module_param", "name", name, "string");
  if (typeof target === "function") {
    declare_param(name, target as (value: never) => unknown, false);
    return;
  }
  check_arg("module_param", "target", target, "object");
  const ref = target as { v: unknown };
  const set = (value: unknown): void => {
    ref.v = value;
  };
  declare_param(name, set as (value: never) => unknown, typeof ref.v === "string");
}

/** module_param for text (type charp), with a function. Linux include/linux/moduleparam.h: module_param_string. */
export function module_param_string(name: string, set: (value: string) => unknown, _perm = 0): void {
  check_arg("module_param_string", "name", name, "string");
  check_arg("module_param_string", "set", set, "function");
  declare_param(name, set as (value: never) => unknown, true);
}

function declare_param(name: string, set: (value: never) => unknown, text: boolean): void {
  const mod = coming("module_param");
  if (mod === null) return;
  const info = new module_param_info();
  info.set = set;
  info.text = text;
  mod.params.set(name, info);
}

function note(key: string, value: string): void {
  check_arg(`MODULE_${key.toUpperCase()}`, key, value, "string");
  coming(`MODULE_${key.toUpperCase()}`)?.info.set(key, value);
}
/** The licence. @noEffect shown by module_info only */
export function MODULE_LICENSE(license: string): void {
  note("license", license);
}
/** The author. @noEffect shown by module_info only */
export function MODULE_AUTHOR(author: string): void {
  note("author", author);
}
/** What it is. @noEffect shown by module_info only */
export function MODULE_DESCRIPTION(description: string): void {
  note("description", description);
}
/** The version. @noEffect shown by module_info only */
export function MODULE_VERSION(version: string): void {
  note("version", version);
}
/** Another name. @noEffect shown by module_info only */
export function MODULE_ALIAS(alias: string): void {
  note("alias", alias);
}
/** What a parameter means. @noEffect shown by module_info only */
export function MODULE_PARM_DESC(name: string, text: string): void {
  check_arg("MODULE_PARM_DESC", "name", name, "string");
  note(`parm:${name}`, text);
}
/** Which devices the module is for. @noEffect the bus matches devices by the driver's own id_table */
export function MODULE_DEVICE_TABLE(_type: string, _table: unknown): void {}
/** Makes a symbol known to other modules. @noEffect there is only one module */
export function EXPORT_SYMBOL(_symbol: unknown): void {}
/** EXPORT_SYMBOL for GPL modules. @noEffect there is only one module */
export function EXPORT_SYMBOL_GPL(_symbol: unknown): void {}
/** The previous generation of module_param's description. @noEffect shown by module_info only */
export function module_info(): ReadonlyMap<string, string> {
  return loaded?.info ?? new Map<string, string>();
}

/** Takes a reference unless the module is going. Any context. @returns 1, or 0 if it is going. Linux include/linux/module.h: try_module_get. */
export function try_module_get(mod: module | null): 0 | 1 {
  point();
  if (mod === null) return 1;
  check_arg("try_module_get", "mod", mod, module);
  if (mod.state === MODULE_STATE_GOING) return 0;
  mod.refcnt++;
  return 1;
}
/** Takes a reference of a module that cannot go now. Any context. Linux include/linux/module.h: __module_get. */
export function __module_get(mod: module | null): void {
  point();
  if (mod !== null) mod.refcnt++;
}
/** Gives a reference back. Any context. Linux kernel/module.c: module_put. */
export function module_put(mod: module | null): void {
  point();
  if (mod !== null) mod.refcnt--;
}
/** How many references there are. Linux kernel/module.c: module_refcount. */
export function module_refcount(mod: module): number {
  check_arg("module_refcount", "mod", mod, module);
  return mod.refcnt;
}

function parse_number(text: string): number | null {
  if (/^(y|Y|true|n|N|false)$/.test(text)) return /^(y|Y|true)$/.test(text) ? 1 : 0;
  if (!/^[-+]?(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return null;
  const n = /^[-+]?0[xX]/.test(text) ? Number(text.replace(/^[-+]/, "")) : Number(text);
  return text.startsWith("-") && /0[xX]/.test(text) ? -n : n;
}

/** Hands a parameter to its setter (kernel/params.c: parse_one). @returns 0 or a negative errno */
function set_param(mod: module, name: string, value: string | number | boolean): number {
  const info = mod.params.get(name);
  if (info === undefined) {
    printk(`${KERN_ERR}${mod.name}: Unknown parameter \`${name}'\n`);
    return -ENOENT;
  }
  if (info.text) {
    info.set(String(value) as never);
    return 0;
  }
  const n =
    typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : parse_number(value);
  if (n === null) {
    printk(`${KERN_ERR}${mod.name}: \`${String(value)}' invalid for parameter \`${name}'\n`);
    return -EINVAL;
  }
  info.set(n as never);
  return 0;
}

/**
 * insmod: evaluates the model's file, sets parameters, runs its module_init in the caller's process.
 * @returns 0, -EEXIST if it is loaded, or what failed
 */
export function sys_init_module(params: Readonly<Record<string, string | number | boolean>> = {}): number {
  if (loaded !== null) return -EEXIST;
  const mod = new module();
  mod.name = model_name;
  loaded = mod;
  const result = load(mod, params);
  emit({ type: "module-loaded", name: mod.name, result });
  if (result !== 0) loaded = null;
  return result;
}

function load(mod: module, params: Readonly<Record<string, string | number | boolean>>): number {
  evaluate_model();
  for (const name of Object.keys(params).sort()) {
    const err = set_param(mod, name, params[name] as string | number | boolean);
    if (err !== 0) return err;
  }
  const ret = mod.init === null ? 0 : (driver_call("module_init", mod, mod.init) ?? 0);
  if (typeof ret !== "number" || ret === 0) {
    mod.state = MODULE_STATE_LIVE;
    return 0;
  }
  if (ret < 0) return ret;
  printk(`${KERN_WARNING}${mod.name}: init suspiciously returned ${ret}, it should follow 0/-E convention\n`);
  mod.state = MODULE_STATE_LIVE;
  return 0;
}

/** rmmod. @returns 0, -ENOENT if it is not loaded, -EBUSY while it is in use or if it has no module_exit */
export function sys_delete_module(): number {
  const mod = loaded;
  if (mod === null) return -ENOENT;
  if (mod.refcnt > 0 || mod.state !== MODULE_STATE_LIVE || (mod.init !== null && mod.exit === null)) {
    emit({ type: "module-unloaded", name: mod.name, result: -EBUSY });
    return -EBUSY;
  }
  mod.state = MODULE_STATE_GOING;
  if (mod.exit !== null) driver_call("module_exit", mod, mod.exit);
  loaded = null;
  emit({ type: "module-unloaded", name: mod.name, result: 0 });
  return 0;
}
