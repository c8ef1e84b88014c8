import { at, byModel, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lockFreeHeld: Rule = {
  id: "lock-free-held",
  family: "lock",
  title: "Memory with a held lock freed or initialised",
  statement:
    "A lock must not be held when the memory that contains it is freed, or when it is initialised again.",
  severity: "error",
  condition: "an object is freed that contains a held lock, or spin_lock_init() is called for a held lock",
  source: "kernel/lockdep.c: debug_check_no_locks_freed() (2.6.18)",
  kernelMessage: "BUG: held lock freed!",
  wrong: "spin_lock(p.lock);\nkfree(p);",
  right: "spin_lock(p.lock);\nlist_del(p.node);\nspin_unlock(p.lock);\nkfree(p);",
  fix: "Take the object out of everybody's reach under the lock, release it, then free.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "memory-freed": (event) => {
      if (event.object === null || !byModel(ctx.machine)) return;
      const freed = event.object;
      for (const held of ctx.state.locks.all()) {
        if (!holds(freed, held.lock)) continue;
        ctx.report({
          message: `the memory that is freed contains ${ctx.state.lockName(held.lock)}, held since ${at(held.place)}`,
          about: [held.lock, freed],
          related: [related(`${ctx.state.lockName(held.lock)} was taken`, held)],
          kernel: ["BUG: held lock freed!"],
        });
      }
    },
    "lock-init": (event) => {
      const held = event.wasHeld && byModel(ctx.machine) ? ctx.state.locks.holder(event.lock) : null;
      if (!held) return;
      ctx.report({
        message: `the lock is initialised while it is held since ${at(held.place)}`,
        about: [event.lock],
        related: [related("the lock was taken", held)],
      });
    },
  }),
};
