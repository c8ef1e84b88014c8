import type { Rule } from "../rule.ts";
import { placeOf, stallListeners, story } from "./stalled.ts";

export const txqStall: Rule = {
  id: "txq-stall",
  family: "txq",
  title: "Queue stopped for ever",
  statement:
    "Each stop of the queue has something that wakes it: a completion, a timer, a work item, tx_timeout.",
  severity: "error",
  condition:
    "the queue of a running device has been stopped for half a second with the carrier on, no buffer of the driver outstanding, no tx_timeout, and no interrupt line, timer, tasklet or work of the driver that could wake it; or stop is called for a device whose hard_start_xmit stopped the queue, with nothing of that pending; or the run sleeps for ever while packets wait for a stopped queue",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  netif_stop_queue(dev);\n  dev_kfree_skb(skb);\n  return NETDEV_TX_OK;\n}",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  netif_stop_queue(dev);\n  start(skb); // the interrupt wakes the queue\n  return NETDEV_TX_OK;\n}",
  fix: "Wake the queue where room is made.",
  detectedBy: ["run", "explore"],
  listen: (ctx) =>
    stallListeners(ctx, "stall", (stall) =>
      ctx.report({
        message: `the queue of ${stall.device.name} was stopped and nothing is left that could wake it`,
        place: placeOf(stall),
        about: [stall.device],
        related: story(stall).slice(0, 1),
        stack: [],
      }),
    ),
};
