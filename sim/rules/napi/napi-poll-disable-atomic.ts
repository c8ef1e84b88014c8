import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import { kernelCalls } from "../help.ts";
import type { Rule } from "../rule.ts";

export const napiPollDisableAtomic: Rule = {
  id: "napi-poll-disable-atomic",
  family: "napi",
  title: "netif_poll_disable in atomic context",
  statement: "netif_poll_disable() sleeps while poll is scheduled: process context only, no spinlock held.",
  severity: "error",
  condition: "netif_poll_disable() has to wait in atomic context or with interrupts off",
  source: "include/linux/netdevice.h: netif_poll_disable()",
  kernelMessage: "BUG: scheduling while atomic",
  wrong: "function my_tx_timeout(dev: net_device) {\n  netif_poll_disable(dev);\n  reset(dev);\n}",
  right: "function my_tx_timeout(dev: net_device) {\n  schedule_work(p.reset);\n}",
  fix: "Do the reset in a work item.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (forbidden(ctx, event) && kernelCalls(ctx.machine).includes("netif_poll_disable"))
        ctx.report(sleepFinding(ctx, event));
    },
  }),
};
