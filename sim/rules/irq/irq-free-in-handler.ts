import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const irqFreeInHandler: Rule = {
  id: "irq-free-in-handler",
  family: "irq",
  title: "A handler waits for itself",
  statement:
    "free_irq(), disable_irq() and synchronize_irq() wait for the handler to end: never call them in it.",
  severity: "error",
  condition: "one of these is called for the own line in its handler, or in what the handler waits for",
  source: "kernel/irq/manage.c: synchronize_irq()",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "function my_interrupt(irq: number, dev_id: unknown) {\n  disable_irq(irq);",
  right:
    "function my_interrupt(irq: number, dev_id: unknown) {\n  disable_irq_nosync(irq);\n  schedule_work(p.reset);",
  fix: "Use disable_irq_nosync(), or leave it to a work.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: reportsCycles("irq-free-in-handler"),
};
