import { byModel } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";

export const ctxBhInHardirq: Rule = {
  id: "ctx-bh-in-hardirq",
  family: "ctx",
  title: "Bottom halves disabled or enabled in an interrupt handler",
  statement: "An interrupt handler does not use the *_bh primitives: softirqs cannot interrupt it.",
  severity: "warning",
  condition:
    "local_bh_disable(), local_bh_enable() or a *_bh lock function is called in hard interrupt context",
  source: "kernel/softirq.c: local_bh_enable() (WARN_ON_ONCE(in_irq()) since 2.6.18)",
  kernelMessage: null,
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  spin_lock_bh(p.lock);",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  spin_lock(p.lock);",
  fix: "Use spin_lock() in the handler, and spin_lock_irqsave() everywhere else.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "bh-disabled": (event) => judge(ctx, event.context.kind),
    "bh-enabled": (event) => judge(ctx, event.context.kind),
  }),
};

function judge(ctx: RuleContext, kind: string): void {
  if (kind !== "hardirq" || !byModel(ctx.machine)) return;
  ctx.report({ message: "a *_bh function is called in an interrupt handler" });
}
