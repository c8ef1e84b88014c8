import { byModel, kernelCalls } from "../help.ts";
import { inInterrupt } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";

export const ctxNetifRxProcess: Rule = {
  id: "ctx-netif-rx-process",
  family: "ctx",
  title: "netif_rx from plain process context",
  statement:
    "netif_rx() raises a softirq that runs at the next interrupt exit. From process context with bottom halves enabled use netif_rx_ni().",
  severity: "warning",
  condition: "netif_rx() is called by the model outside interrupt context with bottom halves enabled",
  source: "net/core/dev.c: netif_rx(); include/linux/netdevice.h: netif_rx_ni()",
  kernelMessage: null,
  wrong: "function my_work(dev: net_device) {\n  netif_rx(skb);\n}",
  right: "function my_work(dev: net_device) {\n  netif_rx_ni(skb);\n}",
  fix: "Call netif_rx_ni(), or disable bottom halves around netif_rx().",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "skb-to-stack": (event) => {
      if (event.fn !== "netif_rx" || event.context.kind !== "process" || inInterrupt(event.task.preemptCount))
        return;
      if (!byModel(ctx.machine) || kernelCalls(ctx.machine).includes("netif_rx_ni")) return;
      ctx.report({
        message:
          "netif_rx() is called in process context with bottom halves enabled: the packet waits for the next interrupt",
        about: [event.skb],
      });
    },
  }),
};
