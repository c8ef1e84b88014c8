import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lockUninit: Rule = {
  id: "lock-uninit",
  family: "lock",
  title: "Lock used before its initialisation",
  statement:
    "A lock is initialised before its first use: spin_lock_init(), rwlock_init(), init_MUTEX(), mutex_init().",
  severity: "error",
  condition: "a lock object is locked, tried or unlocked that was never initialised",
  source: "lib/spinlock_debug.c: debug_spin_lock_before()",
  kernelMessage: "BUG: spinlock bad magic on CPU#%d, %s/%d",
  wrong: "const p = netdev_priv<priv>(dev);\nspin_lock(p.lock); // no spin_lock_init",
  right: "spin_lock_init(p.lock); // before register_netdev\n…\nspin_lock(p.lock);",
  fix: "Initialise the lock right after the allocation, before anybody can reach it.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "lock-uninitialised": (event) => {
      if (!byModel(ctx.machine)) return;
      ctx.report({
        message: "a lock is used that was never initialised",
        about: [event.lock],
        kernel: [`BUG: spinlock bad magic on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
