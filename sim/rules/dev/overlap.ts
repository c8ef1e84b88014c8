/** Two calls of the driver that do the same thing at the same time, and whether a lock keeps them apart. */
import type { LockLike, Place } from "../../machine/events.ts";
import type { Context } from "../../machine/model.ts";
import type { RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

/** What a call did, when, and under which locks. */
export interface Done {
  readonly by: Callback;
  readonly locks: ReadonlySet<LockLike>;
  /** Number of the event. */
  readonly n: number;
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

/** Locks that the context holds and nobody else can hold meanwhile. */
export function exclusiveLocks(ctx: RuleContext, context: Context): ReadonlySet<LockLike> {
  const held = ctx.state.locks.inContext(context).filter((lock) => lock.kind !== "read");
  return new Set(held.map((one) => one.lock));
}

export function shareLock(a: ReadonlySet<LockLike>, b: ReadonlySet<LockLike>): boolean {
  for (const lock of a) if (b.has(lock)) return true;
  return false;
}

/** The call of the other one has not returned yet. */
export function stillRuns(ctx: RuleContext, other: Done): boolean {
  return ctx.state.callbacks.running().includes(other.by);
}
