import type { Rule } from "../rule.ts";
import { restrictedIn } from "./restricted.ts";

export const ctxFreeIrq: Rule = {
  id: "ctx-free-irq",
  family: "ctx",
  title: "free_irq in interrupt context",
  statement: "free_irq() waits for handlers and removes /proc entries: process context only.",
  severity: "error",
  condition: "free_irq() is called by the model in interrupt context or with bottom halves disabled",
  source: "kernel/irq/manage.c: free_irq()",
  kernelMessage: "WARN_ON(in_interrupt()) in free_irq()",
  wrong: "function my_timer(dev: net_device) {\n  free_irq(p.irq, dev);\n}",
  right: "function my_stop(dev: net_device) {\n  free_irq(p.irq, dev);\n  return 0;\n}",
  fix: "Free the line in stop or remove.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => restrictedIn(ctx, ["free_irq"], (e) => e.inIrq || e.inInterrupt),
};
