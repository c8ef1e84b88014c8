import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeDoubleRegister: Rule = {
  id: "life-double-register",
  family: "life",
  title: "Device registered twice",
  statement: "A device is registered once; after unregistering it is freed, not registered again.",
  severity: "error",
  condition: "register_netdev(ice)() for a device whose state is not NETREG_UNINITIALIZED",
  source: "net/core/dev.c: register_netdevice()",
  kernelMessage: "kernel BUG at net/core/dev.c (BUG_ON(dev->reg_state != NETREG_UNINITIALIZED))",
  wrong: "register_netdev(dev);\n…\nregister_netdev(dev);",
  right: "register_netdev(dev);",
  fix: "Register once, in module_init or probe.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (!event.fn.startsWith("register_netdev") || event.state === 0 || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() is called for a device that is registered already`,
        about: [event.device],
      });
    },
  }),
};
