import type { Rule } from "../rule.ts";
import { emptied, lookedBeforeTheLock, placeOf, stallListeners, story } from "./stalled.ts";

export const txqLostWake: Rule = {
  id: "txq-lost-wake",
  family: "txq",
  title: "Wake lost between the test for room and the stop",
  statement:
    "Test and stop of a full ring, and reclaim and wake, exclude each other by a lock; or room is tested again after the stop.",
  severity: "error",
  condition:
    "the queue stays stopped with no packet of the driver under way: another context freed the last one while hard_start_xmit was deciding to stop, saw the queue running and did not wake it",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "if (avail(p) < 1) netif_stop_queue(dev); // the interrupt empties the ring in between",
  right:
    "if (avail(p) < 1) {\n  netif_stop_queue(dev);\n  smp_mb();\n  if (avail(p) >= 1) netif_wake_queue(dev);\n}",
  fix: "Hold one lock on both sides, or look again after the stop.",
  detectedBy: ["explore"],
  specialises: ["txq-stall"],
  listen: (ctx) =>
    stallListeners(ctx, "lost-wake", (stall) =>
      ctx.report({
        message: `the queue of ${stall.device.name} was stopped after ${emptied(stall)} had emptied the ring and seen it running: nobody wakes it any more`,
        place: placeOf(stall),
        about: [stall.device],
        related: story(stall),
        also: lookedBeforeTheLock(stall) ? ["lock-check-then-act"] : [],
        stack: [],
      }),
    ),
};
