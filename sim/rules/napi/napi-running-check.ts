import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { running } from "../txq/device.ts";

export const napiRunningCheck: Rule = {
  id: "napi-running-check",
  family: "napi",
  title: "Poll scheduled while the device is down",
  statement:
    "netif_rx_schedule_prep() also looks whether the device runs; __netif_rx_schedule_prep() does not: it is for cards whose ports share one poll.",
  severity: "warning",
  condition:
    "the model schedules poll of a device that is not running, and no other device of the model runs that could share it",
  source: "include/linux/netdevice.h: netif_rx_schedule_prep()",
  kernelMessage: null,
  wrong: "if (__netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  right: "if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  fix: "Use netif_rx_schedule_prep().",
  detectedBy: ["explore"],
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      if (running(event.device) || !byModel(ctx.machine)) return;
      if ([...ctx.state.resources.devices.keys()].some((other) => other !== event.device && running(other)))
        return;
      ctx.report({
        message: `poll of ${event.device.name} is scheduled while the device is down`,
        about: [event.device],
      });
    },
  }),
};
