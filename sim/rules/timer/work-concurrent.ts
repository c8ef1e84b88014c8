import { raceFinding, sameOwner } from "../race/finding.ts";
import type { Rule } from "../rule.ts";

export const workConcurrent: Rule = {
  id: "work-concurrent",
  family: "timer",
  title: "Work that runs on two CPUs at once",
  statement:
    "A work item may run on two CPUs at once: it is no longer pending when its function starts, and queueing it again starts it on another CPU. The function locks what it changes.",
  severity: "warning",
  condition: "two runs of one work item race for data",
  source: "kernel/workqueue.c: run_workqueue()",
  kernelMessage: null,
  wrong: "function my_work(p: my_priv): void {\n  p.resets++;\n}",
  right:
    "function my_work(p: my_priv): void {\n  spin_lock(p.lock);\n  p.resets++;\n  spin_unlock(p.lock);\n}",
  fix: "Take a lock in the function, or use a single-threaded work queue.",
  specialises: ["lock-data-race"],
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    "data-race": (event) => {
      if (sameOwner(event)?.every((slot) => slot === "work")) ctx.report(raceFinding(event));
    },
  }),
};
