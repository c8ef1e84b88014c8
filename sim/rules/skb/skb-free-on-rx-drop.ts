import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbFreeOnRxDrop: Rule = {
  id: "skb-free-on-rx-drop",
  family: "skb",
  title: "Buffer freed after netif_rx dropped it",
  statement: "netif_rx() frees the buffer itself when it returns NET_RX_DROP.",
  severity: "error",
  condition: "a buffer is freed by the model after netif_rx() returned NET_RX_DROP for it",
  source: "net/core/dev.c: netif_rx()",
  kernelMessage: null,
  wrong: "if (netif_rx(skb) === NET_RX_DROP) kfree_skb(skb);",
  right: "if (netif_rx(skb) === NET_RX_DROP) p.stats.rx_dropped++;",
  fix: "Count the drop, do not free.",
  detectedBy: ["static", "run"],
  specialises: ["skb-double-free", "skb-use-after-rx"],
  listen: (ctx) => ({
    "skb-freed": (event) => {
      const given = ctx.state.skbs.of(event.skb)?.given;
      if (!event.twice || !given || given.fn !== "netif_rx" || !given.byModel || !byModel(ctx.machine))
        return;
      if (ctx.state.skbs.of(event.skb)?.freed?.what !== "freed by netif_rx") return;
      ctx.report({
        message: "the socket buffer is freed again: netif_rx() freed it when it dropped the packet",
        about: [event.skb],
        related: [related("it was given to netif_rx", given)],
      });
    },
  }),
};
