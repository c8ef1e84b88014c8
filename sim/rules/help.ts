/** Small things that many rules need. */
import type { EventType, LockLike, Place, RelatedPlace } from "../machine/events.ts";
import type { CpuId } from "../machine/model.ts";
import { fileLine } from "./report.ts";
import type { Listeners, RuleMachine } from "./rule.ts";
import { findSlot } from "./state/slots.ts";

/** A place of the other half of a story. */
export function related(
  message: string,
  at: { readonly place: Place | null; readonly cpu: CpuId; readonly tick: number },
): RelatedPlace {
  return { message, place: at.place, cpu: at.cpu, tick: at.tick };
}

/** The model is on the stack of the innermost context: what happens is its doing. */
export function byModel(machine: RuleMachine): boolean {
  return machine.here()?.model === true;
}

/** The kernel function that the innermost frame of the model called, or null if the model itself runs. */
export function calledByModel(machine: RuleMachine): string | null {
  if (!byModel(machine)) return null;
  let called: string | null = null;
  for (const place of machine.stack()) {
    if (place.model) return called;
    called = place.fn;
  }
  return null;
}

/** Kernel functions between the innermost frame of the model and what happens, innermost first. */
export function kernelCalls(machine: RuleMachine): string[] {
  if (!byModel(machine)) return [];
  const calls: string[] = [];
  for (const place of machine.stack()) {
    if (place.model) return calls;
    calls.push(place.fn);
  }
  return [];
}

export function at(place: Place | null): string {
  return place ? fileLine(place) : "an unknown place";
}

export function isXmitLock(lock: LockLike): boolean {
  return lock.lockClass.includes("xmit_lock");
}

export function isModelLock(lock: LockLike): boolean {
  return lock.lockClass.includes(":");
}

/** Own properties of an object that are objects, freed memory included, one level deep. */
export function holds(container: object, wanted: unknown): boolean {
  if (container === wanted) return true;
  for (const value of Object.values(container)) {
    if (value === wanted) return true;
  }
  return false;
}

/** An object hangs below a root: in arrays, maps and plain objects. */
export function reachable(root: object, wanted: object, skip: ReadonlySet<unknown>): boolean {
  return root === wanted || findSlot(root, wanted, skip) !== null;
}

/** Listeners that hear of an event one after the other. */
export function together(...all: readonly Listeners[]): Listeners {
  const merged = new Map<EventType, ((event: never) => void)[]>();
  for (const listeners of all)
    for (const [type, listener] of Object.entries(listeners) as [EventType, (event: never) => void][])
      merged.set(type, [...(merged.get(type) ?? []), listener]);
  const entries = [...merged].map(([type, list]) => [
    type,
    (event: never): void => {
      for (const listener of list) listener(event);
    },
  ]);
  return Object.fromEntries(entries) as Listeners;
}
