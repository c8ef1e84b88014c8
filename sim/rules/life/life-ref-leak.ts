import type { RelatedPlace } from "../../machine/events.ts";
import { calledByModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeRefLeak: Rule = {
  id: "life-ref-leak",
  family: "life",
  title: "Reference to a device never given back",
  statement: "Each dev_hold() has its dev_put(): unregister_netdev() waits for the last one.",
  severity: "error",
  condition: "unregister_netdev() has waited ten seconds for references",
  source: "net/core/dev.c: netdev_wait_allrefs()",
  kernelMessage: "unregister_netdevice: waiting for %s to become free. Usage count = %d",
  wrong: "function my_open(dev: net_device) {\n  dev_hold(dev);\n  return 0;\n}",
  right: "function my_stop(dev: net_device) {\n  dev_put(dev);\n  return 0;\n}",
  fix: "Give the reference back where its use ends, in stop at the latest.",
  consequence: "object",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    const holds = new Map<object, RelatedPlace[]>();
    return {
      "netdev-hold": (event) => {
        const place = ctx.machine.here();
        if (!place?.model || calledByModel(ctx.machine) !== "dev_hold") return;
        const list = holds.get(event.device) ?? [];
        holds.set(event.device, list);
        if (list.length < 8) list.push(related("dev_hold", { place, cpu: event.cpu, tick: event.point }));
      },
      "netdev-wait-refs": (event) => {
        if (event.seconds < 10) return;
        const held = holds.get(event.device) ?? [];
        ctx.report({
          message: `${event.device.name} cannot go: ${event.count} references were never given back`,
          ...(held.length > 0 ? { place: held.at(-1)?.place ?? null } : {}),
          about: [event.device],
          related: held,
        });
      },
    };
  },
};
