import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerSyncIrq: Rule = {
  id: "timer-sync-irq",
  family: "timer",
  title: "del_timer_sync in interrupt context",
  statement:
    "del_timer_sync() waits for the timer's function: not in an interrupt handler, which may have interrupted it.",
  severity: "error",
  condition: "del_timer_sync() is called by the model in hard interrupt context",
  source: "kernel/timer.c: del_timer_sync()",
  kernelMessage: "WARN_ON(in_irq()) (later kernels)",
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  del_timer_sync(p.timer);",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  del_timer(p.timer);",
  fix: "Use del_timer() there.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "timer-deleted": (event) => {
      if (!event.sync || event.context.kind !== "hardirq" || !byModel(ctx.machine)) return;
      ctx.report({ message: "del_timer_sync() is called in an interrupt handler", about: [event.timer] });
    },
  }),
};
