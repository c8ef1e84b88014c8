import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const lifeUnregisterState: Rule = {
  id: "life-unregister-state",
  family: "life",
  title: "Unregister of a device that is not registered",
  statement: "unregister_netdev() is called once for each registered device.",
  severity: "error",
  condition: "unregister_netdev(ice)() for a device that was never registered or is unregistered already",
  source: "net/core/dev.c: unregister_netdevice()",
  kernelMessage: "unregister_netdevice: device %s/%p never was registered",
  wrong: "unregister_netdev(dev);\n…\nunregister_netdev(dev);",
  right: "unregister_netdev(dev);\nfree_netdev(dev);",
  fix: "Undo on the error path only what was done.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-misused": (event) => {
      if (
        !event.fn.startsWith("unregister_netdev") ||
        event.state === 1 ||
        event.state === 2 ||
        !byModel(ctx.machine)
      )
        return;
      ctx.report({
        message: `${event.fn}() is called for a device that is not registered`,
        about: [event.device],
      });
    },
  }),
};
