import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxIrqOnInIsr: Rule = {
  id: "ctx-irq-on-in-isr",
  family: "ctx",
  title: "Interrupts enabled where they must stay off",
  statement:
    "An interrupt handler that was entered with interrupts off leaves them off; nobody enables them inside an outer irqsave section.",
  severity: "error",
  condition:
    "interrupts go on in a handler that was entered with interrupts off, in hard_start_xmit that netpoll called so, or while a lock taken with *_irqsave or *_irq is held in this context",
  source: "kernel/irq/handle.c: handle_IRQ_event()",
  kernelMessage: "lockdep (2.6.18): trace_hardirqs_on() warning",
  wrong:
    "function my_interrupt(irq: number, dev: net_device) { // SA_INTERRUPT\n  spin_lock_irq(p.lock);\n  spin_unlock_irq(p.lock); // turns interrupts on\n}",
  right:
    "function my_interrupt(irq: number, dev: net_device) {\n  spin_lock(p.lock);\n  spin_unlock(p.lock);\n}",
  fix: "Use spin_lock() in handlers, and the irqsave form where the caller may have interrupts off.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "irqs-on": (event) => {
      if (!byModel(ctx.machine)) return;
      const outer = ctx.state.locks
        .inContext(event.context)
        .find((held) => held.variant === "irqsave" || held.variant === "irq");
      if (outer) {
        ctx.report({
          message: `interrupts are turned on while ${ctx.state.lockName(outer.lock)}, taken with interrupts off, is held`,
          about: [outer.lock],
          related: [related(`${ctx.state.lockName(outer.lock)} was taken`, outer)],
        });
        return;
      }
      const handler = ctx.state.callbacks.inside(event.task, event.context, "irq");
      if (handler?.before.irqsDisabled) {
        ctx.report({ message: `${handler.name}() turns interrupts on; it was entered with interrupts off` });
      }
    },
  }),
};
