import type { LockKind } from "../../machine/events.ts";
import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

/** Two holds of these kinds by one task never end: all but reading twice. */
export function excludes(held: LockKind, wanted: LockKind): boolean {
  if (held === "semaphore" || wanted === "semaphore") return false;
  return !(held === "read" && wanted === "read");
}

export const lockRecursion: Rule = {
  id: "lock-recursion",
  family: "lock",
  title: "Lock taken twice",
  statement:
    "Spinlocks, write locks and mutexes are not recursive: whoever holds one must not take it again.",
  severity: "error",
  condition: "a lock is taken (not tried) in a context that holds this very lock already",
  source: "lib/spinlock_debug.c: debug_spin_lock_before()",
  kernelMessage: "BUG: spinlock recursion on CPU#%d, %s/%d",
  wrong: "function helper(p: priv) {\n  spin_lock(p.lock);\n  …\n}\nspin_lock(p.lock);\nhelper(p);",
  right:
    "function __helper(p: priv) {\n  … // the caller holds p.lock\n}\nspin_lock(p.lock);\n__helper(p);\nspin_unlock(p.lock);",
  fix: "Split the function: one that takes the lock, and an inner one for callers that hold it.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.trylock || event.kind === "rtnl" || !byModel(ctx.machine)) return;
      const held = ctx.state.locks.of(event.task).find((h) => h.lock === event.lock);
      if (!held || held.context !== event.context || !excludes(held.kind, event.kind)) return;
      if (held.kind === "read" && event.kind === "write") return;
      ctx.report({
        message: `${ctx.state.lockName(event.lock)} is taken again; it is held since ${at(held.place)}`,
        about: [event.lock],
        related: [related(`${ctx.state.lockName(event.lock)} was taken`, held)],
        kernel: [`BUG: spinlock recursion on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
