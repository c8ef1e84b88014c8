import type { DeviceLike, Place } from "../../machine/events.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { carrierOff, stopped } from "./device.ts";

export const txqOpenStart: Rule = {
  id: "txq-open-start",
  family: "txq",
  title: "open leaves the queue stopped",
  statement: "open (re)starts the queue: stop has stopped it, and the core does not touch it.",
  severity: "error",
  condition:
    "open returns 0 with the queue stopped, the carrier on, and nothing of the driver pending that could wake it",
  source: "net/core/dev.c: dev_open(); Documentation/networking/driver.txt",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong:
    "function my_open(dev: net_device) {\n  return 0;\n}\nfunction my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  return 0;\n}",
  right: "function my_open(dev: net_device) {\n  netif_start_queue(dev);\n  return 0;\n}",
  fix: "Call netif_start_queue() at the end of open.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "netdev-open": (event) => {
      if (event.result !== 0 || !stopped(event.device) || carrierOff(event.device)) return;
      const { irqs, timers, work, tasklets, runningTimers, runningWork } = ctx.state.resources;
      if (irqs.length + timers.size + work.size + tasklets.size + runningTimers.size + runningWork.size > 0)
        return;
      ctx.report({
        message: `open of ${event.device.name} returns with the queue stopped, and nothing can wake it`,
        place: place(ctx, event.device),
        about: [event.device],
      });
    },
  }),
};

function place(ctx: RuleContext, device: DeviceLike): Place | null {
  const { open } = device as DeviceLike & { open?: { readonly name: string } | null };
  return open ? ctx.state.callbacks.place(open) : null;
}
