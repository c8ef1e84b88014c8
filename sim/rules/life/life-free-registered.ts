import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeFreeRegistered: Rule = {
  id: "life-free-registered",
  family: "life",
  title: "Device freed while registered",
  statement: "unregister_netdev() comes before free_netdev().",
  severity: "error",
  condition: "free_netdev() for a device that is registered or being unregistered",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules; net/core/dev.c: free_netdev()",
  kernelMessage: "kernel BUG at net/core/dev.c (BUG_ON(dev->reg_state != NETREG_UNREGISTERED))",
  wrong: "function my_exit() {\n  free_netdev(dev);\n}",
  right: "function my_exit() {\n  unregister_netdev(dev);\n  free_netdev(dev);\n}",
  fix: "Unregister first.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (event.fn !== "free_netdev" || event.state < 1 || event.state > 3 || !byModel(ctx.machine)) return;
      ctx.report({
        message: `free_netdev() is called for a device that is still registered`,
        about: [event.device],
      });
    },
  }),
};
