import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const deadlock: Rule = {
  id: "deadlock",
  family: "run",
  title: "Deadlock",
  statement: "Tasks wait for each other, or for themselves, for ever.",
  severity: "error",
  condition: "CPUs spin on locks that nobody will ever release, and no other rule explains it",
  source: "lib/spinlock_debug.c: __spin_lock_debug()",
  kernelMessage: "BUG: spinlock lockup on CPU#%d",
  wrong: "CPU 0: spin_lock(a); spin_lock(b);\nCPU 1: spin_lock(b); spin_lock(a);",
  right: "CPU 0: spin_lock(a); spin_lock(b);\nCPU 1: spin_lock(a); spin_lock(b);",
  fix: "The related places say who waits for what; take locks in one order.",
  detectedBy: ["run", "explore"],
  consequence: "run",
  listen: (ctx) => ({
    deadlock: (event) => {
      const waits = event.waits.map((w) =>
        related(`${w.task.name} ${w.why}`, { place: w.place, cpu: w.cpu, tick: event.point }),
      );
      ctx.report({
        message: `nothing can ever run again: ${event.message}`,
        place: event.waits.find((w) => w.place?.model)?.place ?? null,
        about: event.waits.flatMap((w) => (w.on ? [w.on] : [])),
        related: waits,
        kernel: event.waits.map((w) => `BUG: spinlock lockup on CPU#${w.cpu}, ${w.task.name}/${w.task.id}`),
        stack: [],
      });
    },
  }),
};
