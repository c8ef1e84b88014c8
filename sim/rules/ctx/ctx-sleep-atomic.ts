import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

export const ctxSleepAtomic: Rule = {
  id: "ctx-sleep-atomic",
  family: "ctx",
  title: "Sleeping in atomic context",
  statement:
    "A function that may sleep must not be called while a spinlock is held, while bottom halves or preemption are " +
    "disabled, or in a softirq or interrupt handler.",
  severity: "error",
  condition: "a function of the may-sleep table is called by the model while the preempt count is not 0",
  source: "kernel/sched.c: __might_sleep(), schedule()",
  kernelMessage:
    "BUG: sleeping function called from invalid context at f:l / in_atomic():1, irqs_disabled():0",
  wrong: "spin_lock(p.lock);\nmsleep(1);\nspin_unlock(p.lock);",
  right: "spin_lock(p.lock);\np.busy = 1;\nspin_unlock(p.lock);\nmsleep(1);",
  fix: "Leave the critical section before sleeping, busy-wait with udelay() if the wait is short, or move the work to a work queue.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (event.atomic && forbidden(ctx, event)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
