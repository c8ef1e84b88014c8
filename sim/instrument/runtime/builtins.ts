import { GEN, NEW, type Resumable } from "../monitor.ts";
import { MachineUnwind } from "../unwind.ts";
import { construct, isConstructor, markNative } from "./construct.ts";
import { list, open, step } from "./iterate.ts";
import { type AnyFunction, call, isObject, newTwinOf, setHidden, type Twin, twinOf } from "./values.ts";

/**
 * Resumable twins of the language's own functions that call functions of the program back, so that a pause inside a
 * `forEach` callback works. Each follows the steps of the specification.
 */
function twin(owner: object, name: PropertyKey, generator: Twin): void {
  const fn = (owner as Record<PropertyKey, unknown>)[name];
  if (typeof fn !== "function") return;
  markNative(fn);
  setHidden(fn, GEN, generator);
}

/** Receiver and callback are refused by the native method, in its own words. */
function checkCallback(owner: object, name: string, self: unknown, fn: unknown): void {
  if (self !== null && self !== undefined && typeof fn === "function") return;
  Reflect.apply((owner as Record<string, AnyFunction>)[name]!, self, [fn]);
}

type List = Record<number, unknown> & { length: number };

const listOf = (value: unknown): List => Object(value) as List;

function lengthOf(items: List): number {
  const length = Math.trunc(Number(items.length)) || 0;
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER);
}

function requireFunction(value: unknown): unknown {
  if (typeof value !== "function") throw new TypeError(`${describe(value)} is not a function`);
  return value;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return String(value);
  return isObject(value) ? "#<Object>" : String(value);
}

/** ArraySpeciesCreate */
function* species(original: unknown, length: number): Resumable<List> {
  if (!Array.isArray(original)) return new Array(length) as unknown as List;
  let cls: unknown = (original as { constructor?: unknown }).constructor;
  if (cls === Array) return new Array(length) as unknown as List;
  if (isObject(cls)) cls = (cls as { [Symbol.species]?: unknown })[Symbol.species] ?? undefined;
  if (cls === undefined) return new Array(length) as unknown as List;
  if (!isConstructor(cls)) throw new TypeError("object.constructor[Symbol.species] is not a constructor");
  return (yield* construct(cls, [length], cls)) as List;
}

function put(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The methods that arrays and typed arrays have in common; `holes`: elements that are not there are passed over. */
function iterationTwins(prototype: object, holes: boolean, check: (value: unknown) => void): void {
  const has = (items: List, index: number): boolean => !holes || index in items;
  const prepare = (name: string, self: unknown, fn: unknown): [List, number] => {
    check(self);
    checkCallback(prototype, name, self, fn);
    const items = listOf(self);
    return [items, lengthOf(items)];
  };
  twin(prototype, "forEach", function* (fn, self) {
    const [items, length] = prepare("forEach", this, fn);
    for (let i = 0; i < length; i++) if (has(items, i)) yield* call(fn, self, [items[i], i, items]);
    return undefined;
  });
  twin(prototype, "some", function* (fn, self) {
    const [items, length] = prepare("some", this, fn);
    for (let i = 0; i < length; i++)
      if (has(items, i) && (yield* call(fn, self, [items[i], i, items]))) return true;
    return false;
  });
  twin(prototype, "every", function* (fn, self) {
    const [items, length] = prepare("every", this, fn);
    for (let i = 0; i < length; i++)
      if (has(items, i) && !(yield* call(fn, self, [items[i], i, items]))) return false;
    return true;
  });
  const search = (name: string, backwards: boolean, wantsIndex: boolean): void =>
    twin(prototype, name, function* (fn, self) {
      const [items, length] = prepare(name, this, fn);
      for (let n = 0; n < length; n++) {
        const i = backwards ? length - 1 - n : n;
        const value = items[i];
        if (yield* call(fn, self, [value, i, items])) return wantsIndex ? i : value;
      }
      return wantsIndex ? -1 : undefined;
    });
  search("find", false, false);
  search("findIndex", false, true);
  search("findLast", true, false);
  search("findLastIndex", true, true);
  const fold = (name: string, backwards: boolean): void =>
    twin(prototype, name, function* (...args) {
      const [items, length] = prepare(name, this, args[0]);
      let n = 0;
      const at = (count: number): number => (backwards ? length - 1 - count : count);
      let result = args[1];
      if (args.length < 2) {
        while (n < length && !has(items, at(n))) n++;
        if (n >= length) throw new TypeError("Reduce of empty array with no initial value");
        result = items[at(n++)];
      }
      for (; n < length; n++)
        if (has(items, at(n))) result = yield* call(args[0], undefined, [result, items[at(n)], at(n), items]);
      return result;
    });
  fold("reduce", false);
  fold("reduceRight", true);
}

function arrayTwins(): void {
  const prototype = Array.prototype;
  iterationTwins(prototype, true, () => {});
  twin(prototype, "map", function* (fn, self) {
    checkCallback(prototype, "map", this, fn);
    const items = listOf(this);
    const length = lengthOf(items);
    const result = yield* species(items, length);
    for (let i = 0; i < length; i++)
      if (i in items) put(result, i, yield* call(fn, self, [items[i], i, items]));
    return result;
  });
  twin(prototype, "filter", function* (fn, self) {
    checkCallback(prototype, "filter", this, fn);
    const items = listOf(this);
    const length = lengthOf(items);
    const result = yield* species(items, 0);
    let to = 0;
    for (let i = 0; i < length; i++)
      if (i in items) {
        const value = items[i];
        if (yield* call(fn, self, [value, i, items])) put(result, to++, value);
      }
    return result;
  });
  twin(prototype, "flatMap", function* (fn, self) {
    checkCallback(prototype, "flatMap", this, fn);
    const items = listOf(this);
    const length = lengthOf(items);
    const result = yield* species(items, 0);
    let to = 0;
    for (let i = 0; i < length; i++) {
      if (!(i in items)) continue;
      const value = yield* call(fn, self, [items[i], i, items]);
      if (!Array.isArray(value)) put(result, to++, value);
      else for (let j = 0; j < value.length; j++) if (j in value) put(result, to++, value[j]);
    }
    return result;
  });
  twin(Array, "from", fromTwin);
}

function* fromTwin(this: unknown, ...args: unknown[]): Resumable {
  const [items, map, self] = args;
  if (items === null || items === undefined || (map !== undefined && typeof map !== "function"))
    return Reflect.apply(Array.from, this, args);
  const method = (items as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (method !== undefined && method !== null) return yield* fromIterable(this, items, map, self);
  const source = Object(items) as List;
  const length = lengthOf(source);
  const target = isConstructor(this)
    ? ((yield* construct(this, [length], this)) as List)
    : ([] as unknown as List);
  for (let i = 0; i < length; i++) {
    const value = source[i];
    put(target, i, map === undefined ? value : yield* call(map, self, [value, i]));
  }
  target.length = length;
  return target;
}

function* fromIterable(cls: unknown, items: unknown, map: unknown, self: unknown): Resumable {
  const target = isConstructor(cls) ? ((yield* construct(cls, [], cls)) as List) : ([] as unknown as List);
  const cursor = list(items) ?? (yield* open(items));
  let count = 0;
  while (!(cursor.native ? cursor.next() : yield* step(cursor))) {
    const value = map === undefined ? cursor.value : yield* mapOne(cursor, map, self, count);
    put(target, count++, value);
  }
  target.length = count;
  return target;
}

function* mapOne(cursor: { value: unknown }, map: unknown, self: unknown, index: number): Resumable {
  try {
    return yield* call(map, self, [cursor.value, index]);
  } catch (error) {
    if (error instanceof MachineUnwind) throw error;
    const close = (cursor as { iterator?: { return?: unknown } }).iterator;
    if (close !== undefined && typeof close.return === "function")
      try {
        yield* call(close.return, close, []);
      } catch (failure) {
        if (failure instanceof MachineUnwind) throw failure;
      }
    throw error;
  }
}

function typedArrayTwins(): void {
  const TypedArray = Object.getPrototypeOf(Uint8Array) as { prototype: object; from: unknown };
  const prototype = TypedArray.prototype;
  const check = (value: unknown): void => {
    if (!ArrayBuffer.isView(value) || value instanceof DataView)
      throw new TypeError("this is not a typed array.");
  };
  iterationTwins(prototype, false, check);
  const create = (self: unknown, length: number): List => {
    const cls = (self as { constructor: unknown }).constructor;
    return (isConstructor(cls) ? new cls(length) : new Uint8Array(length)) as List;
  };
  twin(prototype, "map", function* (fn, self) {
    check(this);
    checkCallback(prototype, "map", this, fn);
    const items = this as List;
    const result = create(this, items.length);
    const { length } = items;
    for (let i = 0; i < length; i++) result[i] = yield* call(fn, self, [items[i], i, items]);
    return result;
  });
  twin(prototype, "filter", function* (fn, self) {
    check(this);
    checkCallback(prototype, "filter", this, fn);
    const items = this as List;
    const kept: unknown[] = [];
    const { length } = items;
    for (let i = 0; i < length; i++) {
      const value = items[i];
      if (yield* call(fn, self, [value, i, items])) kept.push(value);
    }
    const result = create(this, kept.length);
    kept.forEach((value, index) => {
      result[index] = value;
    });
    return result;
  });
  const from = TypedArray.from as AnyFunction;
  twin(TypedArray, "from", function* (items, map, self) {
    if (map === undefined && !isObject(items)) return Reflect.apply(from, this, [items]);
    const values = (yield* fromTwin.call(Array, items, map, self)) as unknown[];
    return Reflect.apply(from, this, [values]);
  });
}

function collectionTwins(): void {
  twin(Map.prototype, "forEach", function* (fn, self) {
    const entries = Map.prototype.entries.call(this);
    checkCallback(Map.prototype, "forEach", this, fn);
    for (const [key, value] of entries) yield* call(fn, self, [value, key, this]);
    return undefined;
  });
  twin(Set.prototype, "forEach", function* (fn, self) {
    const values = Set.prototype.values.call(this);
    checkCallback(Set.prototype, "forEach", this, fn);
    for (const value of values) yield* call(fn, self, [value, value, this]);
    return undefined;
  });
}

function listFrom(value: unknown): ArrayLike<unknown> {
  if (value === null || value === undefined) return [];
  return Reflect.apply(collect, undefined, value as ArrayLike<unknown>);
}

const collect = (...values: unknown[]): unknown[] => values;

function functionTwins(): void {
  twin(Function.prototype, "call", function* (...args) {
    const [self, ...rest] = args;
    return yield* call(requireFunction(this), self, rest);
  });
  twin(Function.prototype, "apply", function* (self, args) {
    return yield* call(requireFunction(this), self, listFrom(args));
  });
  // biome-ignore lint/correctness/useYield: binding calls nothing
  twin(Function.prototype, "bind", function* (...args) {
    return bind(this as AnyFunction, args);
  });
  twin(Reflect, "apply", function* (fn, self, args) {
    const list = Reflect.apply(collect, undefined, args as ArrayLike<unknown>);
    return yield* call(requireFunction(fn), self, list);
  });
  twin(Reflect, "construct", function* (...args) {
    const [cls, list, newTarget] = args;
    const target = args.length > 2 ? newTarget : cls;
    // The native refuses in its own words.
    if (!isConstructor(cls) || !isConstructor(target))
      return Reflect.construct(cls as never, [], target as never);
    return yield* construct(cls, Reflect.apply(collect, undefined, list as ArrayLike<unknown>), target);
  });
}

function bind(fn: AnyFunction, args: unknown[]): AnyFunction {
  const bound = Reflect.apply(Function.prototype.bind, fn, args) as AnyFunction;
  const [self, ...first] = args;
  const target = twinOf(fn);
  if (target !== undefined)
    setHidden(bound, GEN, function* (...rest: unknown[]): Resumable {
      return yield* target.call(self, ...first, ...rest);
    });
  const made = newTwinOf(fn);
  if (made !== undefined || target !== undefined) {
    const construction = Object.assign(
      function* (newTarget: object, rest: ArrayLike<unknown>): Resumable {
        return yield* construct(
          fn,
          [...first, ...Array.from(rest)],
          newTarget === bound ? (fn as object) : newTarget,
        );
      },
      { owner: bound },
    );
    if (isConstructor(bound)) setHidden(bound, NEW, construction);
  }
  return bound;
}

/** A function copied onto another must not lend it its twin. */
function objectTwins(): void {
  const assign = Object.assign as AnyFunction;
  twin(Object, "assign", function* (...args) {
    if (args.every((arg) => typeof arg !== "function")) return Reflect.apply(assign, Object, args);
    const own = isObject(args[0]) ? Object.getOwnPropertyDescriptor(args[0], GEN) : undefined;
    const target = Reflect.apply(assign, Object, args) as object;
    if (own !== undefined) Object.defineProperty(target, GEN, own);
    else Reflect.deleteProperty(target, GEN);
    return target;
  });
}

let installed = false;

/** Gives the natives of this realm their twins; once a process. */
export function installBuiltins(): void {
  if (installed) return;
  installed = true;
  arrayTwins();
  typedArrayTwins();
  collectionTwins();
  functionTwins();
  objectTwins();
}
