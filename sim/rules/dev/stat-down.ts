import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { running } from "../txq/device.ts";

export const statDown: Rule = {
  id: "stat-down",
  family: "dev",
  title: "get_stats needs what is there only while the device is up",
  statement:
    "get_stats may be called at any time between register and unregister: while the device is down, and in the middle of open and stop.",
  severity: "error",
  condition:
    "get_stats runs into null, freed memory or an unmapped register while the device is down, or while open, stop or another reconfiguration runs",
  source: "Documentation/networking/netdevices.txt, dev->get_stats; net/core/dev.c: dev_seq_printf_stats()",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong:
    "function my_get_stats(dev: net_device) {\n  for (const ring of p.rings!) p.stats.rx_packets += ring.packets;",
  right: "function my_get_stats(dev: net_device) {\n  return p.stats;\n}",
  fix: "Keep the counters in the private area; add those of rings and card to them under a lock in stop.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => {
    const inStats = (
      event: EventStamp,
      what: string,
      also: string[],
      about: unknown[],
      place?: Place | null,
    ): void => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "get_stats");
      if (call === null) return;
      const device = call.owner as DeviceLike;
      const changing = ctx.state.callbacks
        .running()
        .some((c) => c !== call && c.owner === device && CHANGES.has(c.slot));
      if (running(device) && !changing) return;
      ctx.report({
        message: `get_stats of ${device.name} ${what} while the device is ${running(device) ? "being reconfigured" : "down"}`,
        ...(place === undefined ? {} : { place }),
        about: [device, ...about],
        also,
      });
    };
    return {
      oops: (event) =>
        inStats(event, "runs into null", ["oops"], [], event.stack.find((p) => p.model) ?? null),
      "freed-access": (event) => {
        if (byModel(ctx.machine))
          inStats(event, `reads freed memory (${event.what})`, ["life-use-after-free"], [event.object]);
      },
    };
  },
};

const CHANGES: ReadonlySet<string> = new Set([
  "open",
  "stop",
  "change_mtu",
  "suspend",
  "resume",
  "set_ringparam",
  "work",
]);
