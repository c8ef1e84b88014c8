import { GEN, NEW, type Resumable } from "../monitor.ts";

/** Any function, seen from outside. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
export type Twin = (this: unknown, ...args: unknown[]) => Resumable;
export type NewTwin = ((newTarget: object, args: ArrayLike<unknown>) => Resumable) & { owner?: unknown };

export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** The resumable twin of a function value, if it has one. */
export function twinOf(value: unknown): Twin | undefined {
  return (value as { [GEN]?: Twin } | null | undefined)?.[GEN];
}

/** The resumable constructor of a class; one inherited from a base class does not count. */
export function newTwinOf(value: unknown): NewTwin | undefined {
  const twin = (value as { [NEW]?: NewTwin } | null | undefined)?.[NEW];
  return twin !== undefined && twin.owner === value ? twin : undefined;
}

export function setHidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, writable: true, enumerable: false });
}

/** Calls any function value, resumably if it can. */
export function* call(fn: unknown, self: unknown, args: ArrayLike<unknown>): Resumable {
  const twin = twinOf(fn);
  if (twin !== undefined) return yield* Reflect.apply(twin, self, args) as Resumable;
  return Reflect.apply(fn as AnyFunction, self, args);
}

/** Gives a host function a resumable twin: instrumented callers run the twin. */
export function resumable<F extends (...args: never[]) => unknown>(
  plain: F,
  generator: (...args: Parameters<F>) => Resumable<unknown>,
): F {
  setHidden(plain, GEN, generator);
  return plain;
}
