import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lockUnlockUnheld: Rule = {
  id: "lock-unlock-unheld",
  family: "lock",
  title: "Unlock of a lock that nobody holds",
  statement: "Only a lock that is held may be unlocked.",
  severity: "error",
  condition: "a spinlock, rwlock, mutex or rtnl is released that nobody holds",
  source: "lib/spinlock_debug.c: debug_spin_unlock()",
  kernelMessage: "BUG: spinlock already unlocked on CPU#%d, %s/%d",
  wrong: "if (p.full) spin_unlock(p.lock);\n…\nspin_unlock(p.lock);",
  right: "if (p.full) {\n  spin_unlock(p.lock);\n  return NETDEV_TX_BUSY;\n}\n…\nspin_unlock(p.lock);",
  fix: "Follow each path from the lock: exactly one unlock on each.",
  consequence: "object",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "lock-release": (event) => {
      if (event.wasHeld || event.kind === "semaphore" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${ctx.state.lockName(event.lock)} is unlocked, but nobody holds it`,
        about: [event.lock],
        kernel: [`BUG: spinlock already unlocked on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
