import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { present, running } from "../txq/device.ts";

export const ioctlDown: Rule = {
  id: "ioctl-down",
  family: "dev",
  title: "ioctl touches a card that is asleep",
  statement:
    "do_ioctl and ethtool are called for a device that is down or detached, too: then the card may not answer.",
  severity: "warning",
  condition:
    "inside do_ioctl or an ethtool operation, with the device down or detached, a register access reaches nothing",
  source: "net/core/dev.c: dev_ifsioc(); net/core/ethtool.c: dev_ethtool()",
  kernelMessage: null,
  wrong: "function my_ioctl(dev: net_device) {\n  return mdio_read(p, 1);\n}",
  right:
    "function my_ioctl(dev: net_device) {\n  if (!netif_running(dev)) return -EAGAIN;\n  return mdio_read(p, 1);\n}",
  fix: "Test netif_running(), or wake the card for the access.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "mmio-unmapped": (event) => {
      if (event.reason === "unplugged" || !byModel(ctx.machine)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const device = call?.owner as DeviceLike | null | undefined;
      if (!call || !device || PATHS.has(call.slot) || !ctx.state.resources.devices.has(device)) return;
      if (running(device) && present(device)) return;
      ctx.report({
        message: `${call.name}() (${call.slot}) touches registers that do not answer while ${device.name} is ${running(device) ? "detached" : "down"}`,
        about: [event.card, device],
        also: ["mmio-unmapped"],
      });
    },
  }),
};

/** Callbacks that are no request of a user. */
const PATHS: ReadonlySet<string> = new Set([
  "hard_start_xmit",
  "open",
  "stop",
  "poll",
  "tx_timeout",
  "get_stats",
  "set_multicast_list",
  "init",
  "uninit",
]);
