import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { privateOf } from "../txq/device.ts";

export const lifeKfreeNetdev: Rule = {
  id: "life-kfree-netdev",
  family: "life",
  title: "Device freed with kfree",
  statement: "A net_device is freed with free_netdev() only: references and sysfs may still need it.",
  severity: "error",
  condition: "kfree() is called for a net_device or its private area",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules (freed on last use by free_netdev)",
  kernelMessage: null,
  wrong: "unregister_netdev(dev);\nkfree(dev);",
  right: "unregister_netdev(dev);\nfree_netdev(dev);",
  fix: "Call free_netdev(dev).",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "memory-freed": (event) => {
      if (event.object === null || event.how === "free_netdev" || !byModel(ctx.machine)) return;
      for (const device of ctx.state.resources.devices.keys()) {
        if (event.object !== device && event.object !== privateOf(device)) continue;
        ctx.report({
          message: `${event.how}() is called for the net_device ${device.name}`,
          about: [device],
        });
      }
    },
  }),
};
