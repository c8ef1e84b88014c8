import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { NetDevice } from "../txq/device.ts";

export const napiWeight: Rule = {
  id: "napi-weight",
  family: "napi",
  title: "Weight not positive",
  statement: "dev.weight is positive: it is the quota of each round of polling.",
  severity: "error",
  condition: "poll is scheduled for a device whose weight is 0 or less",
  source: "net/core/dev.c: net_rx_action()",
  kernelMessage: null,
  wrong: "dev.poll = my_poll; // weight stays 0",
  right: "dev.poll = my_poll;\ndev.weight = 64;",
  fix: "Set dev.weight beside dev.poll.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      const { weight } = event.device as NetDevice;
      if (weight === undefined || weight > 0 || !byModel(ctx.machine)) return;
      ctx.report({
        message: `poll of ${event.device.name} is scheduled with weight ${weight}: it is never called`,
        about: [event.device],
      });
    },
  }),
};
