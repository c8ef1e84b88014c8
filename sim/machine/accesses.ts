/** Accesses of instrumented code to memory, as those see them who watch a run. */
import type { AccessKind, Frame } from "../instrument/monitor.ts";

/** Told of an access just before it is made; see `Monitor.due` for its parts. */
export type AccessWatch = (
  object: unknown,
  key: unknown,
  kind: AccessKind,
  args: readonly unknown[] | undefined,
  frame: Frame,
  pc: number,
) => void;

/**
 * How an operation orders what comes before and after it: it begins after what was released on the object, or lets others
 * begin after it; `both` at once. Without an object: a barrier for loads, for stores, for both; or a grace period, after which all that
 * CPUs did with preemption off is over. `access` orders nothing: the operation changes the object for its caller, who has to
 * order that.
 */
export type Ordering = "acquire" | "release" | "both" | "loads" | "stores" | "fence" | "grace" | "access";

/** Told of an operation that orders accesses, when it is made. */
export type OrderWatch = (on: object | null, how: Ordering) => void;

/** Methods of the language that only read what they are called on. */
const READING = /^(get|has)/;

/** Does the method of an array, a view, a Map or a Set change it? */
export function isStore(method: unknown): boolean {
  return typeof method === "string" && !READING.test(method);
}

/** One watch that calls several; null if there is none. */
export function together(watches: readonly AccessWatch[]): AccessWatch | null {
  if (watches.length <= 1) return watches[0] ?? null;
  return (...access) => {
    for (const watch of [...watches]) watch(...access);
  };
}
