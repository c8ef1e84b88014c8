import type { Rule } from "../rule.ts";
import { restrictedIn } from "./restricted.ts";

export const ctxVfreeIrq: Rule = {
  id: "ctx-vfree-irq",
  family: "ctx",
  title: "vfree in interrupt context",
  statement: "vfree(), vunmap() and iounmap() change page tables: process context only.",
  severity: "error",
  condition:
    "vfree(), vunmap() or iounmap() is called by the model in interrupt context or with bottom halves disabled",
  source: "mm/vmalloc.c: vfree()",
  kernelMessage: "BUG_ON(in_interrupt()) in vfree()",
  wrong: "function my_timer(dev: net_device) {\n  vfree(p.ring);\n}",
  right: "function my_stop(dev: net_device) {\n  vfree(p.ring);\n  return 0;\n}",
  fix: "Free it in process context; kmalloc memory may be freed anywhere.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => restrictedIn(ctx, ["vfree", "vunmap", "iounmap"], (e) => e.inIrq || e.inInterrupt),
};
