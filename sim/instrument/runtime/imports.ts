import { GEN, type Resumable } from "../monitor.ts";
import { call } from "./values.ts";

type AnyFunction = (...args: unknown[]) => unknown;
type Twin = (...args: unknown[]) => Resumable;

/** Functions that their modules export and never replace, and those of the host. */
const UNCHANGING = new WeakSet<object>();

export function markUnchanging(value: unknown): void {
  if (typeof value === "function") UNCHANGING.add(value);
}

/** What an import holds for ever: the resumable twin of a function of the program, or a plain function of the host. */
export function bindImport(
  namespace: Record<string, unknown>,
  name: string,
): [twin: Twin | undefined, plain: AnyFunction | undefined] {
  const value = valueNow(namespace, name);
  if (typeof value !== "function" || !UNCHANGING.has(value)) return [undefined, undefined];
  const twin = (value as { [GEN]?: Twin })[GEN];
  return twin === undefined ? [undefined, value as AnyFunction] : [twin, undefined];
}

/** An import that is not initialised yet cannot be unchanging. */
function valueNow(namespace: Record<string, unknown>, name: string): unknown {
  try {
    return namespace[name];
  } catch {
    return undefined;
  }
}

/** Calls an import by the value of the moment. */
export function* callNow(value: unknown, args: unknown[], name: string): Resumable {
  if (typeof value !== "function") throw new TypeError(`${name} is not a function`);
  return yield* call(value as AnyFunction, undefined, args);
}
