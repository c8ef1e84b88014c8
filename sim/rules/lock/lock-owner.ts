import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lockOwner: Rule = {
  id: "lock-owner",
  family: "lock",
  title: "Unlock by somebody else",
  statement: "A spinlock or mutex is unlocked by the task that locked it, a spinlock on the same CPU.",
  severity: "error",
  condition: "a held spinlock, rwlock, mutex or rtnl is released by another task or on another CPU",
  source: "lib/spinlock_debug.c: debug_spin_unlock()",
  kernelMessage: "BUG: spinlock wrong owner on CPU#%d, %s/%d",
  wrong: "function my_open(dev: net_device) {\n  spin_lock(p.lock);\n  schedule_work(p.work); // unlocks\n}",
  right: "function my_work(dev: net_device) {\n  spin_lock(p.lock);\n  …\n  spin_unlock(p.lock);\n}",
  fix: "Lock and unlock in the same function. To hand something over, use a completion or a semaphore.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "lock-release": (event) => {
      if (!event.wasHeld || event.heldByMe || event.kind === "semaphore" || !byModel(ctx.machine)) return;
      const held = ctx.state.locks.released;
      ctx.report({
        message: `${ctx.state.lockName(event.lock)} is unlocked by ${event.task.name}, but ${held?.task.name ?? "another task"} holds it`,
        about: [event.lock],
        related: held
          ? [related(`${ctx.state.lockName(event.lock)} was taken by ${held.task.name}`, held)]
          : [],
        kernel: [`BUG: spinlock wrong owner on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
