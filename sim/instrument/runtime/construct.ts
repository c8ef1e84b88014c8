import { GEN, NEW, type Resumable } from "../monitor.ts";
import {
  type AnyFunction,
  isObject,
  type NewTwin,
  newTwinOf,
  setHidden,
  type Twin,
  twinOf,
} from "./values.ts";

type Constructor = new (...args: unknown[]) => object;

/** Can it be called with `new`? */
export function isConstructor(value: unknown): value is Constructor {
  if (typeof value !== "function") return false;
  try {
    // The proxy answers in place of the function: nothing of it is run or looked at.
    new new Proxy(value as Constructor, { construct: () => ({}) })();
    return true;
  } catch {
    return false;
  }
}

/** An object as `new` makes it for a class without a base class. */
export function allocate(newTarget: object): object {
  return Reflect.construct(Object, [], newTarget as Constructor) as object;
}

/** Handed to the native constructor of a class without a base: only make the object. */
export const ALLOCATE: unique symbol = Symbol("allocate");

/** The object of a class without a base class, made for a class derived from it. */
export function allocateFor(cls: Constructor, newTarget: object): object {
  return Reflect.construct(cls, [ALLOCATE], newTarget as Constructor) as object;
}

/** `[[Construct]]`, resumably if the class is of the program. */
export function* construct(cls: unknown, args: ArrayLike<unknown>, newTarget: object): Resumable {
  const made = newTwinOf(cls);
  if (made !== undefined) return yield* made(newTarget, args);
  const twin = twinOf(cls);
  if (twin === undefined || isNative(cls))
    return Reflect.construct(cls as Constructor, args, newTarget as Constructor);
  if (!isConstructor(cls)) throw new TypeError("Super constructor is not a constructor");
  const object = allocate(newTarget);
  const result = yield* Reflect.apply(twin, object, args) as Resumable;
  return isObject(result) ? result : object;
}

const natives = new WeakSet<object>();

/** A native function with a twin (`Array.from` …): not to be constructed through it. */
export function markNative(fn: object): void {
  natives.add(fn);
}

const isNative = (value: unknown): boolean => isObject(value) && natives.has(value);

function constructNative(cls: unknown, args: unknown[], written: string): object {
  try {
    return Reflect.construct(cls as Constructor, args);
  } catch (error) {
    if (!isConstructor(cls)) throw new TypeError(`${written} is not a constructor`);
    throw error;
  }
}

/** `new cls(...args)` */
export function* newObject(cls: unknown, args: unknown[], written: string): Resumable {
  const made = newTwinOf(cls);
  if (made !== undefined) return yield* made(cls as object, args);
  if (twinOf(cls) === undefined || isNative(cls)) return constructNative(cls, args, written);
  if (!isConstructor(cls)) throw new TypeError(`${written} is not a constructor`);
  return yield* construct(cls, args, cls);
}

// biome-ignore lint/correctness/useYield: a twin that only throws
function* refuseCall(this: unknown, name: string): Resumable {
  throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
}

/** Ties a class to its resumable constructor. */
export function stampClass(cls: AnyFunction, made: NewTwin): void {
  made.owner = cls;
  setHidden(cls, NEW, made);
  setHidden(cls, GEN, () => refuseCall(cls.name));
}

/** Ties a function that uses `new.target` to its generator `(newTarget, args)`. */
export function stampTarget(
  fn: AnyFunction,
  twin: (this: unknown, nt: unknown, args: ArrayLike<unknown>) => Resumable,
): AnyFunction {
  setHidden(fn, GEN, function (this: unknown, ...args: unknown[]): Resumable {
    return twin.call(this, undefined, args);
  });
  const made: NewTwin = function* (newTarget, args): Resumable {
    const object = allocate(newTarget);
    const result = yield* twin.call(object, newTarget, args);
    return isObject(result) ? result : object;
  };
  made.owner = fn;
  setHidden(fn, NEW, made);
  return fn;
}

export function stampPlain(fn: AnyFunction, twin: Twin): AnyFunction {
  setHidden(fn, GEN, twin);
  return fn;
}

/** Ties a method or accessor of a class to its generator. */
export function stampMethod(target: object, key: PropertyKey, kind: string, twin: Twin): void {
  const found = Object.getOwnPropertyDescriptor(target, key);
  const fn = kind === "get" ? found?.get : kind === "set" ? found?.set : found?.value;
  if (typeof fn === "function") setHidden(fn, GEN, twin);
}

/** The base class whose methods private names are installed with: its constructor returns the object it is given. */
export class Install {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: private names are put on an object that exists already
    return object;
  }
}

/** `this` of a derived constructor. */
export function superThis(self: unknown): unknown {
  if (self === undefined)
    throw new ReferenceError(
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  return self;
}

/** The result of `super()`, which may be called once. */
export function once(self: unknown, made: unknown): unknown {
  if (self !== undefined) throw new ReferenceError("Super constructor may only be called once");
  return made;
}

export const baseResult = (value: unknown, self: unknown): unknown => (isObject(value) ? value : self);

export function derivedResult(value: unknown, self: unknown): unknown {
  if (isObject(value)) return value;
  if (value !== undefined) throw new TypeError("Derived constructors may only return object or undefined");
  return superThis(self);
}
