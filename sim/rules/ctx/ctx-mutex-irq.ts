import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

const WAITING: ReadonlySet<string> = new Set([
  "mutex_lock",
  "mutex_lock_interruptible",
  "down",
  "down_interruptible",
]);

export const ctxMutexIrq: Rule = {
  id: "ctx-mutex-irq",
  family: "ctx",
  title: "Mutex or semaphore taken in atomic context",
  statement:
    "A mutex or semaphore may be taken in process context only, with no spinlock held: taking it may sleep.",
  severity: "error",
  condition: "the model calls mutex_lock() or down() while the preempt count is not 0",
  source: "kernel/mutex.c: mutex_lock(); include/asm/semaphore.h: down()",
  kernelMessage: "BUG: sleeping function called from invalid context at kernel/mutex.c:84",
  wrong: "function my_tx_timeout(dev: net_device) {\n  mutex_lock(p.phy);\n  …\n}",
  right:
    "function my_tx_timeout(dev: net_device) {\n  schedule_work(p.reset); // the work takes the mutex\n}",
  fix: "Use a spinlock for data that atomic contexts need, or leave the work to process context.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (WAITING.has(event.fn) && event.atomic && forbidden(ctx, event))
        ctx.report(sleepFinding(ctx, event));
    },
  }),
};
