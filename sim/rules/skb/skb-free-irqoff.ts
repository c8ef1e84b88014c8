import { at, byModel, calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbFreeIrqoff: Rule = {
  id: "skb-free-irqoff",
  family: "skb",
  title: "Buffer freed with interrupts off",
  statement: "kfree_skb() and dev_kfree_skb() may enable bottom halves: not with interrupts off.",
  severity: "warning",
  condition: "kfree_skb() or dev_kfree_skb() is called by the model with interrupts disabled",
  source: "net/core/skbuff.c: __kfree_skb()",
  kernelMessage: "WARN_ON(irqs_disabled()) in local_bh_enable()",
  wrong:
    "const flags = spin_lock_irqsave(p.lock);\ndev_kfree_skb(p.tx);\nspin_unlock_irqrestore(p.lock, flags);",
  right:
    "const flags = spin_lock_irqsave(p.lock);\nconst skb = p.tx;\np.tx = null;\nspin_unlock_irqrestore(p.lock, flags);\ndev_kfree_skb(skb);",
  fix: "Free after the unlock, or use dev_kfree_skb_any().",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "skb-freed": (event) => {
      if (!(event.irqsDisabled && !event.inIrq) || event.twice || event.users > 0) return;
      if (!byModel(ctx.machine) || !/^(dev_)?kfree_skb$/.test(calledByModel(ctx.machine) ?? "")) return;
      ctx.report({
        message: `${event.fn}() is called with interrupts off since ${at(ctx.state.locks.irqsOffAt(event.cpu))}`,
        about: [event.skb],
      });
    },
  }),
};
