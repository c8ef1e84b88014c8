import { calledByModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const napiRxFunc: Rule = {
  id: "napi-rx-func",
  family: "napi",
  title: "netif_rx in poll",
  statement:
    "poll delivers by netif_receive_skb(); netif_rx() there queues each packet a second time. In an interrupt handler it is the other way round (ctx-receive-skb).",
  severity: "advice",
  condition: "the model calls netif_rx() inside its poll",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "function my_poll(dev: net_device, budget: { v: number }) {\n  netif_rx(skb);",
  right: "function my_poll(dev: net_device, budget: { v: number }) {\n  netif_receive_skb(skb);",
  fix: "Use netif_receive_skb() in poll.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "skb-to-stack": (event) => {
      if (event.fn !== "netif_rx" || calledByModel(ctx.machine) !== "netif_rx") return;
      if (!ctx.state.callbacks.inside(event.task, event.context, "poll")) return;
      ctx.report({ message: "netif_rx() in poll queues the packet once more", about: [event.skb] });
    },
  }),
};
