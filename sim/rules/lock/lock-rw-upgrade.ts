import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lockRwUpgrade: Rule = {
  id: "lock-rw-upgrade",
  family: "lock",
  title: "write_lock inside the own read_lock",
  statement:
    "A reader cannot become a writer: write_lock() waits for all readers, also for the caller itself.",
  severity: "error",
  condition: "write_lock() on a rwlock that the same context holds for reading",
  source: "lib/spinlock_debug.c: rwlock_bug()",
  kernelMessage: "BUG: rwlock lockup on CPU#%d",
  wrong: "read_lock(p.rw);\nwrite_lock(p.rw);",
  right:
    "read_lock(p.rw);\nread_unlock(p.rw);\nwrite_lock(p.rw);\n// look again: somebody else may have written",
  fix: "Release the read lock first and check again under the write lock, or take the write lock at once.",
  detectedBy: ["static", "run"],
  specialises: ["lock-recursion"],
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.trylock || event.kind !== "write" || !byModel(ctx.machine)) return;
      const held = ctx.state.locks
        .inContext(event.context)
        .find((h) => h.lock === event.lock && h.kind === "read");
      if (!held) return;
      ctx.report({
        message: `write_lock(${ctx.state.lockName(event.lock)}) waits for its own read_lock, taken at ${at(held.place)}`,
        about: [event.lock],
        related: [related(`${ctx.state.lockName(event.lock)} was taken for reading`, held)],
        kernel: [`BUG: rwlock lockup on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
