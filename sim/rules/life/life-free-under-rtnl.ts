import { byModel } from "../help.ts";
import { holdsRtnl } from "../lock/rtnl.ts";
import type { Rule } from "../rule.ts";

export const lifeFreeUnderRtnl: Rule = {
  id: "life-free-under-rtnl",
  family: "life",
  title: "Device freed before rtnl_unlock",
  statement:
    "unregister_netdevice() is finished only when rtnl is released: free_netdev() comes after rtnl_unlock().",
  severity: "error",
  condition: "free_netdev() after unregister_netdevice() while rtnl is still held",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules; net/core/dev.c: netdev_run_todo(), free_netdev()",
  kernelMessage: "kernel BUG at net/core/dev.c (BUG_ON(dev->reg_state != NETREG_UNREGISTERED))",
  wrong: "rtnl_lock();\nunregister_netdevice(dev);\nfree_netdev(dev);\nrtnl_unlock();",
  right: "rtnl_lock();\nunregister_netdevice(dev);\nrtnl_unlock();\nfree_netdev(dev);",
  fix: "Free after rtnl_unlock().",
  detectedBy: ["static", "run"],
  specialises: ["life-free-registered"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (
        event.fn !== "free_netdev" ||
        event.state !== 3 ||
        !holdsRtnl(ctx.state.locks, event.task) ||
        !byModel(ctx.machine)
      )
        return;
      ctx.report({
        message: `free_netdev() is called before rtnl_unlock() has finished unregister_netdevice()`,
        about: [event.device],
      });
    },
  }),
};
