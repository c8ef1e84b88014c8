import { reachable } from "../help.ts";
import type { Rule } from "../rule.ts";
import { privateOf } from "../txq/device.ts";

export const skbBusyKept: Rule = {
  id: "skb-busy-kept",
  family: "skb",
  title: "Pointer kept although BUSY was returned",
  statement:
    "After NETDEV_TX_BUSY the core owns the buffer: the driver must not have it in its ring or in its private data.",
  severity: "error",
  condition: "hard_start_xmit returns non-zero and the buffer can be reached from the device's private data",
  source:
    "Documentation/networking/netdevices.txt, hard_start_xmit, NETDEV_TX_BUSY (the driver must NOT put the skb in its DMA ring)",
  kernelMessage: null,
  wrong: "p.ring[i] = skb;\nif (full) return NETDEV_TX_BUSY;",
  right: "if (full) return NETDEV_TX_BUSY;\np.ring[i] = skb;",
  fix: "Test first, then take the buffer.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "xmit-result": (event) => {
      if (event.result === 0) return;
      const area = privateOf(event.device);
      if (area === null || !reachable(area, event.skb, new Set<unknown>([event.device]))) return;
      const entry = ctx.state.callbacks.lastOf(event.context);
      ctx.report({
        message: `hard_start_xmit returns ${event.result}, but the driver's private data still points to the buffer`,
        place: entry ? ctx.state.callbacks.place(entry) : null,
        about: [event.skb],
      });
    },
  }),
};
