import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbDevProto: Rule = {
  id: "skb-dev-proto",
  family: "skb",
  title: "netif_rx without skb.dev",
  statement:
    "Before netif_rx() or netif_receive_skb() the driver sets skb.dev, and skb.protocol by eth_type_trans().",
  severity: "error",
  condition: "skb.dev is null when the model gives the buffer to the stack",
  source: "net/core/dev.c: netif_rx() (dev_hold(skb->dev))",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "const skb = dev_alloc_skb(len)!;\nnetif_rx(skb);",
  right: "skb.dev = dev;\nskb.protocol = eth_type_trans(skb, dev);\nnetif_rx(skb);",
  fix: "Set both before the call.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "skb-misused": (event) => {
      if (event.how !== "no-dev" || !byModel(ctx.machine)) return;
      ctx.report({ message: `${event.fn}() gets a socket buffer whose dev is null`, about: [event.skb] });
    },
  }),
};
