import type { Rule } from "../rule.ts";
import { restrictedIn } from "./restricted.ts";

export const ctxQueueXmit: Rule = {
  id: "ctx-queue-xmit",
  family: "ctx",
  title: "dev_queue_xmit with interrupts off",
  statement:
    "dev_queue_xmit() disables and enables bottom halves: not in an interrupt handler, not with interrupts off.",
  severity: "error",
  condition: "dev_queue_xmit() is called by the model in hard interrupt context or with interrupts off",
  source: "net/core/dev.c: dev_queue_xmit()",
  kernelMessage: "WARN_ON(irqs_disabled()) in local_bh_enable()",
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  dev_queue_xmit(reply);\n}",
  right: "function my_tasklet(dev: net_device) {\n  dev_queue_xmit(reply);\n}",
  fix: "Send from a tasklet or work item.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-bh-enable-irqoff", "ctx-bh-in-hardirq"],
  consequence: "context",
  listen: (ctx) => restrictedIn(ctx, ["dev_queue_xmit"], (e) => e.inIrq || e.irqsDisabled),
};
