/** Words for what holds on a path. */
import type { ContextKind } from "./entries.ts";
import type { RelatedSpan } from "./finding.ts";
import type { Held, State } from "./state.ts";

export const SPINNING: ReadonlySet<Held["kind"]> = new Set(["spin", "read", "write", "xmit", "base"]);

export function spinning(state: State): Held | undefined {
  return state.held.findLast((h) => SPINNING.has(h.kind));
}

/** Why one may not sleep here, or null. Interrupts being off is a matter of its own. */
export function whyAtomic(kind: ContextKind, state: State): string | null {
  if (kind === "hardirq") return "in a hard interrupt handler";
  const lock = spinning(state);
  if (lock && lock.at !== null) return `with ${lock.name} held`;
  if (kind === "softirq") return lock ? `under ${lock.name}` : "in softirq context";
  if (lock) return `under ${lock.name}`;
  if (state.bh > 0) return "with bottom halves off";
  if (state.preempt > 0) return "with preemption off";
  return null;
}

export function takenAt(held: Held | undefined): RelatedSpan[] {
  return held?.at ? [{ ...held.at, message: `${held.name} is taken here` }] : [];
}
