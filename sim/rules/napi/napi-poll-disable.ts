import type { EventStamp, Identified, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type NetDevice, pollScheduled } from "../txq/device.ts";

export const napiPollDisable: Rule = {
  id: "napi-poll-disable",
  family: "napi",
  title: "netif_poll_disable and enable not paired",
  statement: "Each netif_poll_disable() has exactly one netif_poll_enable().",
  severity: "error",
  condition:
    "netif_poll_enable() without netif_poll_disable() while poll is scheduled, or claimed by somebody else; open succeeds and leaves polling disabled; or a task waits for ever for a poll that is disabled",
  source: "include/linux/netdevice.h: netif_poll_disable()",
  kernelMessage: null,
  wrong: "function my_open(dev: net_device) {\n  netif_poll_enable(dev); // never disabled",
  right: "netif_poll_disable(dev);\nreset(dev);\nnetif_poll_enable(dev);",
  fix: "Use them as brackets around a reset; stop needs none, as the core ends polling before it.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    /** Who disabled polling last, by device. */
    const disabled = new Map<number, Where>();
    const left = (device: NetDevice & Identified, what: string): void => {
      const where = disabled.get(device.id);
      if (!pollScheduled(device) || !device.poll_disabled || where === undefined) return;
      ctx.report({
        message: `${what} ${device.name} while its polling is disabled, and nobody enables it again`,
        place: where.place,
        about: [device],
        related: [related("polling was disabled", where)],
        stack: [],
      });
    };
    return {
      "wait-for": (event) => {
        if (event.fn === "netif_poll_disable" && byModel(ctx.machine))
          disabled.set(event.id, whereOf(event, ctx.machine.here()));
      },
      "callback-left": (event) => {
        if (event.slot === "open" && event.result === 0 && event.owner !== null)
          left(event.owner as NetDevice & Identified, `${event.name}() opens`);
      },
      hang: () => {
        for (const device of ctx.state.resources.devices.keys())
          left(device as NetDevice & Identified, "a task waits for the poll of");
      },
    };
  },
};

interface Where {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

function whereOf(event: EventStamp, place: Place | null): Where {
  return { place, cpu: event.cpu, tick: event.point };
}
