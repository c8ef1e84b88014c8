import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import { kernelCalls } from "../help.ts";
import type { Rule } from "../rule.ts";

export const rtnlAtomic: Rule = {
  id: "rtnl-atomic",
  family: "lock",
  title: "rtnl taken in atomic context",
  statement: "rtnl_lock() sleeps until the semaphore is free: process context only, no spinlock held.",
  severity: "error",
  condition:
    "rtnl_lock() or rtnl_unlock(), which completes unregistering, is called by the model in atomic context or with interrupts off",
  source: "net/core/rtnetlink.c: rtnl_lock()",
  kernelMessage: "BUG: sleeping function called from invalid context",
  wrong: "function my_timer(dev: net_device) {\n  rtnl_lock();\n  dev_close(dev);\n  rtnl_unlock();\n}",
  right: "function my_work(dev: net_device) {\n  rtnl_lock();\n  dev_close(dev);\n  rtnl_unlock();\n}",
  fix: "Move what needs rtnl to a work item.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (forbidden(ctx, event) && kernelCalls(ctx.machine).some((fn) => /^rtnl_(un)?lock$/.test(fn)))
        ctx.report(sleepFinding(ctx, event));
    },
  }),
};
