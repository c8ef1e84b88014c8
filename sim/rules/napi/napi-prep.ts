import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiPrep: Rule = {
  id: "napi-prep",
  family: "napi",
  title: "Poll scheduled without netif_rx_schedule_prep",
  statement: "__netif_rx_schedule() is called only if netif_rx_schedule_prep() returned 1.",
  severity: "error",
  condition: "__netif_rx_schedule() for a device that is on a poll list already",
  source: "Documentation/networking/NAPI_HOWTO.txt; net/core/dev.c: __netif_rx_schedule()",
  kernelMessage: "list corruption",
  wrong: "__netif_rx_schedule(dev);",
  right: "if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  fix: "Ask netif_rx_schedule_prep() first, or call netif_rx_schedule().",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      const unclaimed = !event.wasScheduled && !pollScheduled(event.device);
      if ((!event.wasScheduled && !unclaimed) || !byModel(ctx.machine)) return;
      const how = unclaimed ? "without netif_rx_schedule_prep()" : "while it is on a poll list already";
      ctx.report({ message: `poll of ${event.device.name} is scheduled ${how}`, about: [event.device] });
    },
  }),
};
