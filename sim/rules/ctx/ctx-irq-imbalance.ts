import { at } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxIrqImbalance: Rule = {
  id: "ctx-irq-imbalance",
  family: "ctx",
  title: "Interrupt flag not as it was on return",
  statement: "A callback returns with interrupts as it found them.",
  severity: "error",
  condition: "the interrupt flag of the CPU differs between entry and return of a driver callback",
  source: "kernel/irq/handle.c: handle_IRQ_event()",
  kernelMessage: "irq %u handler %s enabled interrupts (later kernels)",
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  local_irq_disable();\n  queue(skb);\n  return NETDEV_TX_OK;\n}",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  local_irq_disable();\n  queue(skb);\n  local_irq_enable();\n  return NETDEV_TX_OK;\n}",
  fix: "Restore what was saved: spin_lock_irqsave() with spin_unlock_irqrestore() on every path.",
  detectedBy: ["static", "run"],
  consequence: "context",
  spoils: true,
  listen: (ctx) => ({
    "callback-left": (event) => {
      const now = ctx.machine.cpus[event.cpu]?.irqsDisabled === true;
      if (now === event.before.irqsDisabled) return;
      const off = ctx.state.locks.irqsOffAt(event.cpu);
      const since = now ? `off since ${at(off)}` : "on, and they were off on entry";
      ctx.report({
        message: `${event.name}() (${event.slot}) returns with interrupts ${since}`,
        place: now && off?.model ? off : ctx.state.callbacks.place(event),
      });
    },
  }),
};
