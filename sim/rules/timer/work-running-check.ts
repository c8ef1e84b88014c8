import type { DeviceLike, EventStamp, Identified } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { CardState } from "../state/cards.ts";
import { present, running } from "../txq/device.ts";
import { unlessStopWaits } from "./unless-stop-waits.ts";

export const workRunningCheck: Rule = {
  id: "work-running-check",
  family: "timer",
  title: "Work touches the card of a device that is down",
  statement:
    "A work that touches the card takes rtnl and tests netif_running() and netif_device_present(): the device may have been closed since it was queued.",
  severity: "error",
  condition:
    "a work that was queued while the device was open accesses the card's registers, or starts its queue, while the device is closed or detached, and stop does not wait for it",
  source:
    "drivers/net: reset tasks, such as tg3_reset_task(); Documentation/networking/netdevices.txt, dev->stop",
  kernelMessage: null,
  wrong: "function my_work(dev: net_device) {\n  hw_reset(p);",
  right:
    "function my_work(dev: net_device) {\n  rtnl_lock();\n  if (netif_running(dev)) hw_reset(p);\n  rtnl_unlock();",
  fix: "Take rtnl in the work and test netif_running(), or flush the work before the device is closed, outside of rtnl.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    interface Queued {
      readonly open: ReadonlySet<DeviceLike>;
      /** By tx_timeout: then another rule speaks of the same mistake. */
      readonly reset: boolean;
      readonly where: Parameters<typeof related>[1];
    }
    const stops = unlessStopWaits(ctx);
    const queued = new Map<Identified, Queued>();
    const ready = (device: DeviceLike): boolean => running(device) && present(device);
    const acts = (event: EventStamp, device: DeviceLike | null, what: string): void => {
      const work = ctx.state.callbacks.inside(event.task, event.context, "work");
      const since = work?.owner ? queued.get(work.owner) : undefined;
      if (work === null || device === null || !since?.open.has(device) || ready(device)) return;
      if (work.notes.has(TOLD) || !byModel(ctx.machine)) return;
      work.notes.set(TOLD, true);
      stops.tell(device, {
        message: `${work.name}() ${what} of ${device.name}, which is ${running(device) ? "detached" : "down"} since the work was queued`,
        about: [device, work.owner],
        related: [related("the work was queued", since.where)],
        also: ["life-stop-quiesce", ...(since.reset ? ["txq-timeout-work-race"] : [])],
      });
    };
    const card = (event: EventStamp, state: CardState): void => {
      if (!state.unplugged) acts(event, state.device, "touches registers");
    };
    return {
      ...stops.listeners,
      "work-queued": (event) => {
        if (event.internal) return;
        const open = new Set([...ctx.state.resources.devices.keys()].filter(ready));
        const where = { place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
        const reset = ctx.state.callbacks.inside(event.task, event.context, "tx_timeout") !== null;
        queued.set(event.work, { open, reset, where });
      },
      "mmio-read": (event) => card(event, ctx.state.cards.of(event.card)),
      "mmio-write": (event) => card(event, ctx.state.cards.of(event.card)),
      "mmio-unmapped": ({ card: touched, reason, ...event }) => {
        if (reason !== "unplugged" && touched !== null)
          acts(event, ctx.state.cards.of(touched).device, "touches registers");
      },
    };
  },
};

const TOLD = "work-running-check: told";
