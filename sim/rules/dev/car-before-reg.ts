import type { DeviceLike } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { registered } from "../txq/device.ts";

export const carBeforeReg: Rule = {
  id: "car-before-reg",
  family: "dev",
  title: "Carrier event of a device that is never registered",
  statement:
    "A change of the carrier is an event that points to the device: before registration there is none, for the device may be freed while the event waits.",
  severity: "error",
  condition:
    "a device that was never registered is freed after netif_carrier_on() or netif_carrier_off() changed its carrier",
  source: "net/core/link_watch.c: linkwatch_fire_event()",
  kernelMessage: "Unable to handle kernel paging request in linkwatch_run_queue()",
  wrong: "netif_carrier_off(dev);\nif (test_card(p)) free_netdev(dev);\nregister_netdev(dev);",
  right: "if (test_card(p)) free_netdev(dev);\nregister_netdev(dev);\nnetif_carrier_off(dev);",
  fix: "Set the carrier in open, or at the end of probe.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => {
    const early = new Map<
      DeviceLike,
      { place: ReturnType<typeof ctx.machine.here>; cpu: number; tick: number }
    >();
    return {
      carrier: (event) => {
        if (registered(event.device) || !byModel(ctx.machine)) return;
        if (!early.has(event.device))
          early.set(event.device, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
      },
      "netdev-registered": (event) => void early.delete(event.device),
      "netdev-released": (event) => {
        const since = early.get(event.device);
        early.delete(event.device);
        if (since === undefined) return;
        ctx.report({
          message: `${event.device.name} is freed without ever having been registered, and an event about its carrier was under way`,
          place: since.place,
          about: [event.device],
          related: [related("the carrier was changed", since)],
        });
      },
    };
  },
};
