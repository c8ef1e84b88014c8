import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { emptied, placeOf, stallListeners, story } from "../txq/stalled.ts";

export const memOrderTx: Rule = {
  id: "mem-order-tx",
  family: "lock",
  title: "Ring index seen too late",
  statement:
    "Without a lock on both sides, smp_mb() stands between the store of the ring index and the test whether the queue is stopped, and between the stop and the second look at the index.",
  severity: "error",
  condition:
    "with weak ordering: the queue stays stopped, because hard_start_xmit loaded a ring index whose store by the other side was not yet visible; or the card reads a transmit descriptor whose stores no barrier puts before the doorbell",
  source: "Documentation/memory-barriers.txt; drivers/net/tg3.c: tg3_tx()",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "p.tx_cons = cons;\nif (netif_queue_stopped(dev)) wake(dev);",
  right: "p.tx_cons = cons;\nsmp_mb();\nif (netif_queue_stopped(dev)) wake(dev);",
  fix: "Put smp_mb() between the store and the test, on both sides.",
  detectedBy: ["explore"],
  specialises: ["txq-lost-wake"],
  listen: (ctx) =>
    stallListeners(ctx, "mem-order", (stall) => {
      const { name, store, place, cpu, tick } = stall.stale!;
      ctx.report({
        message: `the queue of ${stall.device.name} was stopped after ${emptied(stall)} had emptied the ring: hard_start_xmit looked at ${name} again, and the store to it was not visible yet`,
        place: store.place ?? placeOf(stall),
        about: [stall.device],
        related: [
          related(`${name} is loaded, and the store is not seen`, { place, cpu, tick }),
          ...story(stall),
        ],
        stack: [],
      });
    }),
};
