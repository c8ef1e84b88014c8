import type { EventStamp, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { registered } from "../txq/device.ts";

export const lifePrivEarlyFree: Rule = {
  id: "life-priv-early-free",
  family: "life",
  title: "Private memory freed while registered",
  statement:
    "What callbacks use lives until the device is unregistered: get_stats or ioctl may come at any moment before.",
  severity: "error",
  condition:
    "memory or a mapping that callbacks reach is released in remove or exit before unregister_netdev(), and a callback of the device uses it after that",
  source: "net/core/dev.c: unregister_netdevice() ends the last callback",
  kernelMessage: null,
  wrong: "kfree(p.ring);\nunregister_netdev(dev);",
  right: "unregister_netdev(dev);\nkfree(p.ring);",
  fix: "Unregister first, free afterwards.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => {
    interface Freed {
      readonly place: Place | null;
      readonly cpu: number;
      readonly tick: number;
    }
    const early = new WeakMap<object, Freed>();
    /** In remove or module_exit, with a device that others can still use. */
    const before = (event: EventStamp): Freed | null => {
      const leaving = LEAVING.some((slot) => ctx.state.callbacks.inside(event.task, event.context, slot));
      if (!leaving || !byModel(ctx.machine) || ![...ctx.state.resources.devices.keys()].some(registered))
        return null;
      return { place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
    };
    const used = (event: EventStamp, what: string, freed: Freed, about: unknown, also: string): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call === null || LEAVING.includes(call.slot) || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${call.name}() uses ${what}, which was released although the device was registered`,
        about: [about],
        related: [related("it was released", freed)],
        also: [also],
      });
    };
    return {
      "memory-freed": (event) => {
        const freed = event.object === null ? null : before(event);
        if (freed !== null) early.set(event.object!, freed);
      },
      "freed-access": (event) => {
        const freed = early.get(event.object);
        if (freed !== undefined) used(event, event.what, freed, event.object, "life-use-after-free");
      },
      "mmio-unmapped": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        const leaving = ctx.state.callbacks.running().find((c) => LEAVING.includes(c.slot));
        if (event.reason !== "unmapped" || call === null || leaving === undefined) return;
        if (LEAVING.includes(call.slot) || ![...ctx.state.resources.devices.keys()].some(registered)) return;
        if (!byModel(ctx.machine)) return;
        ctx.report({
          message: `${call.name}() uses registers that ${leaving.name}() has unmapped although the device was registered`,
          about: [event.card],
          also: ["mmio-unmapped"],
        });
      },
    };
  },
};

const LEAVING = ["remove", "module_exit"];
