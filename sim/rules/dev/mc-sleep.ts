import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import type { Rule } from "../rule.ts";

export const mcSleep: Rule = {
  id: "mc-sleep",
  family: "dev",
  title: "Sleeping in set_multicast_list",
  statement: "set_multicast_list is called under xmit_lock with bottom halves disabled: it must not sleep.",
  severity: "error",
  condition: "a function that may sleep is called inside the set_multicast_list callback",
  source:
    "Documentation/networking/netdevices.txt, dev->set_multicast_list; net/core/dev_mcast.c: dev_mc_upload()",
  kernelMessage: "BUG: sleeping function called from invalid context",
  wrong: "function my_set_multicast_list(dev: net_device) {\n  write_filter(dev);\n  msleep(1);\n}",
  right: "function my_set_multicast_list(dev: net_device) {\n  write_filter(dev);\n  udelay(10);\n}",
  fix: "Busy-wait if it is short; otherwise copy the list and let a work item program the filter.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      const inside = ctx.state.callbacks.inside(event.task, event.context, "set_multicast_list");
      if (inside && forbidden(ctx, event)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
