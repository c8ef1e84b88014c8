import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxXmitIrqsOn: Rule = {
  id: "ctx-xmit-irqs-on",
  family: "ctx",
  title: "hard_start_xmit turns interrupts on",
  statement:
    "netpoll calls hard_start_xmit with interrupts off: there, interrupts must come back as they were, not on.",
  severity: "warning",
  condition:
    "an _irq unlock or local_irq_enable() in hard_start_xmit outside of a section that saved the flags",
  source: "net/core/netpoll.c: netpoll_send_skb(); netdevices.txt, dev->hard_start_xmit",
  kernelMessage: null,
  wrong: "spin_lock_irq(p.lock);\n…\nspin_unlock_irq(p.lock);",
  right: "const flags = spin_lock_irqsave(p.lock);\n…\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Save and restore the flags.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-irq-imbalance"],
  spoils: true,
  listen: (ctx) => ({
    "irqs-on": (event) => {
      const xmit = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit");
      if (!xmit?.before.irqsDisabled || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${xmit.name}() turns interrupts on; it was called with interrupts off, as netpoll does`,
        about: [xmit.owner],
        also: ["ctx-irq-on-in-isr"],
      });
    },
  }),
};
