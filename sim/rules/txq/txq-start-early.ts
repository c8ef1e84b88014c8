import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { registered } from "./device.ts";

export const txqStartEarly: Rule = {
  id: "txq-start-early",
  family: "txq",
  title: "Queue started too early",
  statement: "The queue is started in open, when everything is ready: not in probe, not before registration.",
  severity: "error",
  condition: "netif_start_queue() or netif_wake_queue() for a device that is not registered",
  source: "net/core/dev.c: dev_open()",
  kernelMessage: null,
  wrong: "function my_init() {\n  netif_start_queue(dev);\n  return register_netdev(dev);\n}",
  right: "function my_open(dev: net_device) {\n  setup(dev);\n  netif_start_queue(dev);\n  return 0;\n}",
  fix: "Start the queue at the end of open.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const early = (device: DeviceLike): void => {
      if (!byModel(ctx.machine) || registered(device)) return;
      ctx.report({
        message: `the queue of ${device.name} is started before the device is registered`,
        about: [device],
      });
    };
    return { "queue-started": (event) => early(event.device), "queue-woken": (event) => early(event.device) };
  },
};
