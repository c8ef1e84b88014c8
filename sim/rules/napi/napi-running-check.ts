import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { running } from "../txq/device.ts";

export const napiRunningCheck: Rule = {
  id: "napi-running-check",
  family: "napi",
  title: "Poll scheduled while the device is down",
  statement:
    "netif_rx_schedule_prep() also looks whether the device runs; __netif_rx_schedule_prep() does not: it is for cards whose ports share one poll.",
  severity: "warning",
  condition:
    "the model schedules poll of a device that is not running, and did not run when the callback began, and no other device of the model runs that could share it",
  source: "include/linux/netdevice.h: netif_rx_schedule_prep()",
  kernelMessage: null,
  wrong: "if (__netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  right: "if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  fix: "Use netif_rx_schedule_prep().",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const devices = (): DeviceLike[] => [...ctx.state.resources.devices.keys()];
    const ranAtStart = new WeakMap<Callback, ReadonlySet<DeviceLike>>();
    return {
      "callback-entered": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call !== null) ranAtStart.set(call, new Set(devices().filter(running)));
      },
      "poll-scheduled": (event) => {
        const { device } = event;
        if (running(device) || !byModel(ctx.machine)) return;
        if (devices().some((other) => other !== device && running(other))) return;
        // Going down waits for a poll that was claimed before: who looked in time may schedule it.
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call !== null && ranAtStart.get(call)?.has(device)) return;
        ctx.report({
          message: `poll of ${device.name} is scheduled while the device is down`,
          about: [device],
        });
      },
    };
  },
};
