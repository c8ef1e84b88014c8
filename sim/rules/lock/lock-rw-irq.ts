import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const lockRwIrq: Rule = {
  id: "lock-rw-irq",
  family: "lock",
  title: "rwlock shared with an interrupt handler",
  statement:
    "If an interrupt handler takes a rwlock for reading, who writes must have interrupts off; if it writes, who reads, too.",
  severity: "error",
  condition:
    "a rwlock is taken with interrupts on, and an interrupt handler that can come here takes it in a way that excludes",
  source: "include/linux/spinlock.h; Documentation/spinlocks.txt",
  kernelMessage: "[ INFO: inconsistent lock state ] inconsistent {hardirq-on-W} -> {in-hardirq-W} usage.",
  wrong: "write_lock(p.table_lock); // the handler takes read_lock()",
  right: "write_lock_irq(p.table_lock);",
  fix: "Use the _irq or _irqsave variant.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-irq-self"],
  consequence: "context",
  listen: reportsCycles("lock-rw-irq"),
};
