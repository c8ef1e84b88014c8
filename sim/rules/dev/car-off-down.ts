import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { carrierOff } from "../txq/device.ts";

export const carOffDown: Rule = {
  id: "car-off-down",
  family: "dev",
  title: "Carrier left on by stop",
  statement:
    "A driver that reports its link turns the carrier off in stop: what it knew is stale from then on.",
  severity: "advice",
  condition: "stop returns with the carrier on, and the driver has changed the carrier of this device before",
  source: "include/linux/netdevice.h: netif_carrier_off()",
  kernelMessage: null,
  wrong: "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  return 0;\n}",
  right:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  netif_carrier_off(dev);\n  return 0;\n}",
  fix: "Call netif_carrier_off() in stop.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const reports = new Set<DeviceLike>();
    return {
      carrier: (event) => {
        if (byModel(ctx.machine)) reports.add(event.device);
      },
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        const device = event.owner as DeviceLike;
        if (!reports.has(device) || carrierOff(device)) return;
        ctx.report({
          message: `stop of ${device.name} returns with the carrier on`,
          place: ctx.state.callbacks.place(event),
          about: [device],
        });
      },
    };
  },
};
