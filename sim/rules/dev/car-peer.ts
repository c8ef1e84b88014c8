import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { registered } from "../txq/device.ts";

export const carPeer: Rule = {
  id: "car-peer",
  family: "dev",
  title: "stop changes the carrier of another device",
  statement:
    "An event about the carrier holds a reference until keventd gets rtnl: changing a peer's carrier while both are being unregistered delays it.",
  severity: "warning",
  condition: "inside stop of a device the model changes the carrier of another, registered device",
  source: "net/core/link_watch.c: linkwatch_fire_event(); net/core/dev.c: netdev_wait_allrefs()",
  kernelMessage: "unregister_netdevice: waiting for %s to become free. Usage count = %d",
  wrong: "function my_stop(dev: net_device) {\n  netif_carrier_off(p.peer);",
  right:
    "function my_event(event: number, dev: net_device) {\n  if (event === NETDEV_DOWN) copy_carrier(dev);",
  fix: "Follow the peer's state in a netdevice notifier.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    carrier: (event) => {
      const stop = ctx.state.callbacks.inside(event.task, event.context, "stop");
      if (!stop?.owner || stop.owner === event.device || !byModel(ctx.machine)) return;
      if (!registered(event.device)) return;
      ctx.report({
        message: `${stop.name}() changes the carrier of ${event.device.name}, which is another device`,
        about: [event.device],
      });
    },
  }),
};
