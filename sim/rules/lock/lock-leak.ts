import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { HeldLock } from "../state/held-locks.ts";

export const lockLeak: Rule = {
  id: "lock-leak",
  family: "lock",
  title: "Return with a lock held",
  statement: "A callback releases each lock that it takes, on every path.",
  severity: "error",
  condition:
    "a driver callback returns, a task of the model ends or the module goes while a lock that it took is held",
  source: "Documentation/spinlocks.txt; sparse: context imbalance",
  kernelMessage: "lockdep (2.6.18): BUG: lock held at task exit time!",
  wrong: "spin_lock(p.lock);\nif (p.broken) return -EIO;\nspin_unlock(p.lock);",
  right:
    "spin_lock(p.lock);\nif (p.broken) {\n  spin_unlock(p.lock);\n  return -EIO;\n}\nspin_unlock(p.lock);",
  fix: "Unlock before each return; one exit label makes it visible.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-preempt-imbalance"],
  consequence: "context",
  spoils: true,
  listen: (ctx) => {
    const leak = (held: HeldLock, by: string): void =>
      ctx.report({
        message: `${by} with ${ctx.state.lockName(held.lock)} held since ${at(held.place)}`,
        place: held.place,
        about: [held.lock],
        related: [related(`${ctx.state.lockName(held.lock)} was taken`, held)],
        also:
          held.variant === "plain"
            ? []
            : held.variant === "bh"
              ? ["ctx-bh-imbalance"]
              : ["ctx-irq-imbalance"],
      });
    return {
      "callback-left": (event) => {
        const before = ctx.state.callbacks.left?.locksBefore ?? [];
        for (const held of ctx.state.locks.inContext(event.context)) {
          if (before.includes(held) || held.kind === "semaphore") continue;
          leak(held, `${event.name}() (${event.slot}) returns`);
        }
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        const running = new Set(ctx.state.callbacks.running().map((callback) => callback.task));
        for (const held of ctx.state.locks.all()) {
          if (running.has(held.task)) continue; // its code still runs and may give it back
          if (held.place?.model && held.kind !== "semaphore") leak(held, `module ${event.name} is gone`);
        }
      },
    };
  },
};
