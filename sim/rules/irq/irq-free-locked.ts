import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const irqFreeLocked: Rule = {
  id: "irq-free-locked",
  family: "irq",
  title: "free_irq under the handler’s lock",
  statement: "free_irq() waits for the handler to end: not with a lock held that the handler takes.",
  severity: "error",
  condition: "free_irq() is called under a lock that the handler takes",
  source: "kernel/irq/manage.c: free_irq()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "spin_lock_bh(p.lock);\nfree_irq(dev.irq, dev); // the handler takes p.lock",
  right: "spin_unlock_bh(p.lock);\nfree_irq(dev.irq, dev);",
  fix: "Release the lock first.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-wait-inside"],
  consequence: "context",
  listen: reportsCycles("irq-free-locked"),
};
