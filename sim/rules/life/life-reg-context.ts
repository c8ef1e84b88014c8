import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import { kernelCalls } from "../help.ts";
import type { Rule } from "../rule.ts";

const REGISTERING = ["register_netdev", "unregister_netdev", "register_netdevice", "unregister_netdevice"];

export const lifeRegContext: Rule = {
  id: "life-reg-context",
  family: "life",
  title: "Device registered or unregistered in atomic context",
  statement: "Registering and unregistering a device sleeps: process context only, no spinlock held.",
  severity: "error",
  condition:
    "(un)register_netdev or (un)register_netdevice is called in atomic context or with interrupts off",
  source: "net/core/dev.c: register_netdevice(), unregister_netdevice()",
  kernelMessage: "BUG: sleeping function called from invalid context",
  wrong: "function my_timer(dev: net_device) {\n  unregister_netdev(dev);\n}",
  right: "function my_work(dev: net_device) {\n  unregister_netdev(dev);\n}",
  fix: "Leave it to a work item or to module_exit.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (!forbidden(ctx, event)) return;
      if (kernelCalls(ctx.machine).some((fn) => REGISTERING.includes(fn)))
        ctx.report(sleepFinding(ctx, event));
    },
  }),
};
