import { byModel } from "../help.ts";
import { bhDisabled } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";

export const ctxReceiveSkb: Rule = {
  id: "ctx-receive-skb",
  family: "ctx",
  title: "netif_receive_skb outside softirq context",
  statement: "netif_receive_skb() runs the protocols: only from poll, that is softirq context.",
  severity: "error",
  condition:
    "netif_receive_skb() is called by the model in an interrupt handler, or in process context with bottom halves enabled",
  source: "net/core/dev.c: netif_receive_skb()",
  kernelMessage: null,
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  netif_receive_skb(skb);\n}",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  netif_rx(skb);\n}",
  fix: "Use netif_rx() in the handler, or schedule poll and deliver there.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "skb-to-stack": (event) => {
      if (event.fn !== "netif_receive_skb" || event.context.kind === "softirq" || !byModel(ctx.machine))
        return;
      if (event.context.kind === "process" && bhDisabled(event.task.preemptCount)) return;
      const where =
        event.context.kind === "hardirq"
          ? "an interrupt handler"
          : "process context with bottom halves enabled";
      ctx.report({ message: `netif_receive_skb() is called in ${where}`, about: [event.skb] });
    },
  }),
};
