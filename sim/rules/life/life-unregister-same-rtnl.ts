import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeUnregisterSameRtnl: Rule = {
  id: "life-unregister-same-rtnl",
  family: "life",
  title: "Registered and unregistered in one rtnl section",
  statement:
    "In 2.6.16 a device becomes REGISTERED when rtnl is released: it cannot be unregistered in the same section.",
  severity: "error",
  condition: "unregister_netdevice() while the state is NETREG_REGISTERING",
  source: "net/core/dev.c: netdev_run_todo(), unregister_netdevice() (2.6.16)",
  kernelMessage: "kernel BUG at net/core/dev.c (BUG_ON(dev->reg_state != NETREG_REGISTERED))",
  wrong:
    "rtnl_lock();\nregister_netdevice(dev);\nif (setup(dev) < 0) unregister_netdevice(dev);\nrtnl_unlock();",
  right: "if (setup(dev) < 0) return -EIO;\nregister_netdev(dev);",
  fix: "Do what can fail before registering.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (!event.fn.startsWith("unregister_netdev") || event.state !== 1 || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() is called in the rtnl section that registered the device`,
        about: [event.device],
      });
    },
  }),
};
