import { GEN, NEW } from "../monitor.ts";
import { isProxy } from "./proxy.ts";
import { type AnyFunction, isObject, type Twin, twinOf } from "./values.ts";

function findDescriptor(object: unknown, key: PropertyKey): PropertyDescriptor | undefined {
  if (object === null || object === undefined) return undefined;
  for (
    let at: object | null = Object(object) as object;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    if (isProxy(at)) return undefined;
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The resumable getter behind a property, if there is one. */
export const getter = (object: unknown, key: PropertyKey): Twin | undefined =>
  twinOf(findDescriptor(object, key)?.get);

/** The resumable setter behind a property, if there is one. */
export const setter = (object: unknown, key: PropertyKey): Twin | undefined =>
  twinOf(findDescriptor(object, key)?.set);

/** Where `super` looks. */
export const parentOf = (home: object): object | null => Object.getPrototypeOf(home) as object | null;

export function superGet(parent: object, key: PropertyKey, self: unknown): unknown {
  return Reflect.get(parent, key, self);
}

export function superSet(parent: object, key: PropertyKey, self: unknown, value: unknown): unknown {
  if (!Reflect.set(parent, key, value, self))
    throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
  return value;
}

/** Defines a field as a class does. */
export function define(object: object, key: PropertyKey, value: unknown): void {
  if (isProxy(object) || key in object) {
    const full = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, key, full);
  } else (object as Record<PropertyKey, unknown>)[key] = value;
}

/** Adds an accessor to an object literal. */
export function addAccessor(object: object, key: PropertyKey, kind: "get" | "set", fn: AnyFunction): void {
  const name = typeof key === "symbol" ? `[${key.description ?? ""}]` : key;
  Object.defineProperty(fn, "name", { value: `${kind} ${String(name)}`, configurable: true });
  Object.defineProperty(object, key, { [kind]: fn, enumerable: true, configurable: true });
}

/** Copies own properties without running setters, as spread and later parts of a literal do. */
export function assignOwn(target: object, source: unknown): void {
  if (!isObject(source) && typeof source !== "string") return;
  const from = Object(source) as Record<PropertyKey, unknown>;
  for (const key of Reflect.ownKeys(from)) {
    const found = Object.getOwnPropertyDescriptor(from, key);
    if (found?.enumerable !== true) continue;
    const full = { value: from[key], writable: true, enumerable: true, configurable: true };
    Object.defineProperty(target, key, full);
  }
}

export function setProto(object: object, proto: unknown): void {
  if (proto === null || isObject(proto)) Object.setPrototypeOf(object, proto as object | null);
}

/** A property key, converted once. */
export function toKey(value: unknown): PropertyKey {
  if (typeof value === "string" || typeof value === "symbol") return value;
  if (typeof value === "number") return String(value);
  return Reflect.ownKeys({ [value as string]: 0 })[0]!;
}

/** Names an anonymous function after a computed key. */
export function rename(fn: unknown, key: PropertyKey): unknown {
  if (typeof fn === "function" && !(Object.hasOwn(fn, "name") && fn.name !== "")) {
    const value =
      typeof key === "symbol" ? (key.description === undefined ? "" : `[${key.description}]`) : String(key);
    Object.defineProperty(fn, "name", { value, configurable: true });
  }
  return fn;
}

/** What an object pattern takes apart must not be null or undefined. */
export function requireObject(value: unknown, first?: string): unknown {
  if (value !== null && value !== undefined) return value;
  const shown = value === null ? "object null" : "undefined";
  const what = first === undefined ? `'${String(value)}'` : `property '${first}' of '${shown}'`;
  throw new TypeError(`Cannot destructure ${what} as it is ${String(value)}.`);
}

/** `...rest` of an object pattern. */
export function restOf(source: unknown, taken: readonly PropertyKey[]): object {
  const from = Object(source) as Record<PropertyKey, unknown>;
  const names = new Set(taken.map((key) => (typeof key === "symbol" ? key : String(key))));
  const rest: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(from))
    if (!names.has(key) && Object.getOwnPropertyDescriptor(from, key)?.enumerable)
      Object.defineProperty(rest, key, {
        value: from[key],
        writable: true,
        enumerable: true,
        configurable: true,
      });
  return rest;
}

/** One member of an enum. */
export function enumMember(object: Record<string, unknown>, name: string, value: unknown): void {
  object[name] = value;
  if (typeof value === "number") object[String(value)] = name;
}

const BORN_WITH: ReadonlySet<PropertyKey> = new Set([
  "length",
  "name",
  "prototype",
  "arguments",
  "caller",
  "constructor",
  GEN,
  NEW,
]);

/** Takes away what a program has put on a function declaration, and on its prototype. */
export function bare(fn: object): void {
  for (const object of [fn, (fn as { prototype?: unknown }).prototype])
    if (isObject(object))
      for (const key of Reflect.ownKeys(object)) if (!BORN_WITH.has(key)) Reflect.deleteProperty(object, key);
}

export function argumentsObject(args: ArrayLike<unknown>): unknown {
  return Reflect.apply(
    function (this: unknown) {
      // biome-ignore lint/complexity/noArguments: the program asked for its arguments object
      return arguments;
    },
    undefined,
    args,
  );
}

export const sliceFrom = (args: ArrayLike<unknown>, start: number): unknown[] =>
  Array.prototype.slice.call(args, start);

/** The frozen array of a template's strings: the same object at each evaluation. */
export function templateObject(cooked: unknown[], raw: string[]): unknown {
  Object.defineProperty(cooked, "raw", { value: Object.freeze(raw) });
  return Object.freeze(cooked);
}
