import type { DeviceLike } from "../../machine/events.ts";
import { at, byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { privateOf } from "../txq/device.ts";

export const lifeStaleDev: Rule = {
  id: "life-stale-dev",
  family: "life",
  title: "Another device used after it was gone",
  statement:
    "Who keeps a pointer to another net_device holds a reference to it, and gives it up at NETDEV_UNREGISTER.",
  severity: "error",
  condition:
    "a callback of one device (or any code of the model, if another module made the device) uses a net_device, or its private area, that has been unregistered and freed",
  source: "net/core/dev.c: unregister_netdevice(), NETDEV_UNREGISTER; include/linux/netdevice.h: dev_hold()",
  kernelMessage: "Unable to handle kernel paging request",
  wrong: "p.peer = dev_get_by_name(name);\ndev_put(p.peer); // and is used later",
  right: "p.peer = dev_get_by_name(name); // dev_put() in the notifier, at NETDEV_UNREGISTER",
  fix: "Keep the reference, register a netdevice notifier, and drop both at NETDEV_UNREGISTER.",
  detectedBy: ["explore"],
  specialises: ["life-use-after-free"],
  listen: (ctx) => {
    /** Devices and their private areas, and whether the model made them. */
    const devices = new WeakMap<object, { readonly device: DeviceLike; readonly own: boolean }>();
    return {
      "netdev-registered": ({ device }) => {
        const own = ctx.state.resources.devices.get(device)?.place?.model === true;
        const area = privateOf(device);
        for (const object of area === null ? [device] : [device, area]) devices.set(object, { device, own });
      },
      "freed-access": (event) => {
        const gone = devices.get(event.object);
        if (gone === undefined || !byModel(ctx.machine)) return;
        const owner = ctx.state.callbacks.current(event.task, event.context)?.owner;
        const other =
          owner !== null && owner !== undefined && owner !== gone.device && "hard_start_xmit" in owner;
        if (gone.own && !other) return;
        ctx.report({
          message: `${gone.device.name} was unregistered and freed at ${at(event.freedAt)}, and is used by a pointer without a reference`,
          about: [event.object],
          related: [{ message: "it was freed", place: event.freedAt, cpu: event.cpu, tick: event.point }],
        });
      },
    };
  },
};
