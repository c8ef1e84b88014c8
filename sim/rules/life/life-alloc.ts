import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeAlloc: Rule = {
  id: "life-alloc",
  family: "life",
  title: "Device not made by alloc_netdev",
  statement:
    "A net_device comes from alloc_netdev() or alloc_etherdev(): it outlives the module, and free_netdev() frees it.",
  severity: "error",
  condition: "a net_device is registered that neither alloc_netdev() nor alloc_etherdev() made",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules (must be allocated with kmalloc); net/core/dev.c: alloc_netdev()",
  kernelMessage: null,
  wrong: "const dev = new net_device();\nregister_netdev(dev);",
  right: "const dev = alloc_etherdev(priv);\nif (!dev) return -ENOMEM;\nregister_netdev(dev);",
  fix: "Use alloc_etherdev(), or alloc_netdev() with your own setup.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (event.how !== "not-allocated" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() gets a net_device that alloc_netdev() did not make`,
        about: [event.device],
      });
    },
  }),
};
