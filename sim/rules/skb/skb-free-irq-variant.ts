import { calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbFreeIrqVariant: Rule = {
  id: "skb-free-irq-variant",
  family: "skb",
  title: "dev_kfree_skb_irq where it is not needed",
  statement:
    "dev_kfree_skb_irq() puts the buffer on a list for the softirq: outside interrupts dev_kfree_skb() is quicker.",
  severity: "advice",
  condition: "the model calls dev_kfree_skb_irq() outside hard interrupts with interrupts on",
  source: "net/core/dev.c: net_tx_action()",
  kernelMessage: null,
  wrong: "function my_poll(dev: net_device, budget: { v: number }) {\n  dev_kfree_skb_irq(skb);",
  right: "function my_poll(dev: net_device, budget: { v: number }) {\n  dev_kfree_skb(skb);",
  fix: "Use dev_kfree_skb(), or dev_kfree_skb_any() in code of both kinds.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "skb-freed": (event) => {
      if (event.fn !== "dev_kfree_skb_irq" || event.inIrq || event.irqsDisabled || event.twice) return;
      if (calledByModel(ctx.machine) !== "dev_kfree_skb_irq") return;
      ctx.report({ message: "dev_kfree_skb_irq() is called with interrupts on, outside an interrupt" });
    },
  }),
};
