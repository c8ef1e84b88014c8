import type { DeviceLike } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type Done, exclusiveLocks, shareLock, stillRuns } from "./overlap.ts";

export const carSerial: Rule = {
  id: "car-serial",
  family: "dev",
  title: "Carrier changed by two at once",
  statement:
    "netif_carrier_on() and netif_carrier_off() are serialised by the caller: who looks at the link and who tells the stack hold one lock, or the last one told may be the older state.",
  severity: "warning",
  condition:
    "two calls of the driver (handler, timer, work …) that overlap change the carrier of one device, one of them after what it has read before the other's change, and hold no lock in common while they do",
  source: "include/linux/netdevice.h: netif_carrier_on(), netif_carrier_off()",
  kernelMessage: null,
  wrong:
    "function my_isr(…) { netif_carrier_on(dev); … }\nfunction my_timer(…) { netif_carrier_off(dev); … }",
  right:
    "function check_link(dev: net_device) {\n  spin_lock(p.lock);\n  if (link_ok(p)) netif_carrier_on(dev);\n  else netif_carrier_off(dev);\n  spin_unlock(p.lock);",
  fix: "Read the link and set the carrier under one lock, in one function that both call.",
  detectedBy: ["static", "explore"],
  listen: (ctx) => {
    const last = new Map<DeviceLike, Change>();
    return {
      carrier: (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call === null || TEARDOWN.has(call.slot) || !byModel(ctx.machine)) return;
        const { device, on, n, cpu, point: tick } = event;
        const locks = exclusiveLocks(ctx, event.context);
        const earlier = last.get(device);
        last.set(device, { by: call, on, locks, n, place: ctx.machine.here(), cpu, tick });
        if (earlier === undefined || earlier.by.context === call.context || earlier.on === on) return;
        // the other one has told what is newer than what this one has read
        const looked = call.notes.get(LOOKED) as number | undefined;
        const stale = looked !== undefined && looked < earlier.n && earlier.n > call.since;
        if ((!stale && !stillRuns(ctx, earlier)) || shareLock(locks, earlier.locks)) return;
        ctx.report({
          message: `${call.name}() and ${earlier.by.name}() change the carrier of ${device.name} at the same time, without a common lock`,
          about: [device],
          related: [related(`it is turned ${earlier.on ? "on" : "off"} by the other`, earlier)],
        });
      },
      "mmio-read": (event) => {
        if (event.register === "STATUS" || event.register === "MII_DATA")
          ctx.state.callbacks.current(event.task, event.context)?.notes.set(LOOKED, event.n);
      },
      "netdev-released": (event) => void last.delete(event.device),
    };
  },
};

interface Change extends Done {
  readonly on: boolean;
}

/** They turn it off whatever the link is like. */
const TEARDOWN: ReadonlySet<string> = new Set(["stop", "suspend", "remove", "module_exit"]);
const LOOKED = "car-serial: looked";
