import type { DeviceLike } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const txqWakeCond: Rule = {
  id: "txq-wake-cond",
  family: "txq",
  title: "Queue woken without room",
  statement: "The queue is woken only when there is room for the next packet.",
  severity: "warning",
  condition:
    "the first call of hard_start_xmit after the driver woke or started the queue returns NETDEV_TX_BUSY",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: "BUG! Tx Ring full when queue awake",
  wrong:
    "function my_tx_timeout(dev: net_device) {\n  netif_wake_queue(dev); // the ring is as full as before\n}",
  right: "function my_tx_timeout(dev: net_device) {\n  clean(dev);\n  netif_wake_queue(dev);\n}",
  fix: "Reclaim first, and test for room before the wake.",
  detectedBy: ["run"],
  specialises: ["txq-busy"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "hard_start_xmit" || event.result !== 1 || event.owner === null) return;
      const device = event.owner as DeviceLike;
      const { wake, takenSinceWake } = ctx.state.queues.of(device);
      const call = ctx.state.callbacks.left;
      if (!wake?.place?.model || takenSinceWake > 0 || call === null || wake.n > call.since) return;
      if (call.notes.has("txq-busy: stopped by others")) return;
      ctx.report({
        message: `the queue of ${device.name} was woken without room: the next packet is refused`,
        place: wake.place,
        about: [device],
        related: [related("the queue was woken", wake)],
        also: wake.callback?.notes.has("carrier on") ? ["car-no-queue"] : [],
      });
    },
  }),
};
