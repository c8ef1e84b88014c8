import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { NetDevice } from "../txq/device.ts";

export const lifeDestructorModule: Rule = {
  id: "life-destructor-module",
  family: "life",
  title: "Destructor in the module",
  statement: "dev.destructor is null or free_netdev: it may run after the module is gone.",
  severity: "error",
  condition: "a device is registered whose destructor is a function of the model",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules (persist even after module is unloaded)",
  kernelMessage: "oops in the destructor",
  wrong: "dev.destructor = my_free;",
  right: "dev.destructor = free_netdev;",
  fix: "Use free_netdev, and free your own data in module_exit.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-registered": (event) => {
      const { destructor, name } = event.device as NetDevice;
      if (!destructor || destructor.name === "free_netdev" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `the destructor of ${name} is ${destructor.name}(), which lies in the module`,
        about: [event.device],
      });
    },
  }),
};
