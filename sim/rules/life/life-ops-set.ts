import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { NetDevice } from "../txq/device.ts";

export const lifeOpsSet: Rule = {
  id: "life-ops-set",
  family: "life",
  title: "Registered without hard_start_xmit",
  statement: "The callbacks are set before the device is registered: packets can come at once.",
  severity: "error",
  condition: "a device is registered while dev.hard_start_xmit is null",
  source:
    "Documentation/networking/netdevices.txt, struct net_device allocation rules; net/core/dev.c: register_netdevice()",
  kernelMessage: "Unable to handle kernel NULL pointer dereference",
  wrong: "dev.open = my_open;\nregister_netdev(dev);",
  right: "dev.open = my_open;\ndev.hard_start_xmit = my_xmit;\nregister_netdev(dev);",
  fix: "Set every callback first.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "netdev-registered": (event) => {
      const device: NetDevice = event.device;
      if (device.hard_start_xmit || !byModel(ctx.machine)) return;
      ctx.report({ message: `${device.name} is registered without hard_start_xmit`, about: [device] });
    },
  }),
};
