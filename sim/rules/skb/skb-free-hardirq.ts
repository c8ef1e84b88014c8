import { byModel, calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbFreeHardirq: Rule = {
  id: "skb-free-hardirq",
  family: "skb",
  title: "Buffer freed in an interrupt handler",
  statement:
    "kfree_skb() and dev_kfree_skb() run destructors: in a hard interrupt handler use dev_kfree_skb_irq() or dev_kfree_skb_any().",
  severity: "warning",
  condition: "kfree_skb() or dev_kfree_skb() is called by the model in hard interrupt context",
  source: "net/core/skbuff.c: __kfree_skb()",
  kernelMessage: "WARN_ON(in_irq()) in __kfree_skb()",
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  dev_kfree_skb(p.tx);",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  dev_kfree_skb_irq(p.tx);",
  fix: "Use dev_kfree_skb_irq(), or dev_kfree_skb_any() in code of both kinds.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "skb-freed": (event) => {
      if (!event.inIrq || event.twice || event.users > 0) return;
      if (!byModel(ctx.machine) || !/^(dev_)?kfree_skb$/.test(calledByModel(ctx.machine) ?? "")) return;
      ctx.report({ message: `${event.fn}() is called in an interrupt handler`, about: [event.skb] });
    },
  }),
};
