import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import type { Rule } from "../rule.ts";

export const txqTimeoutContext: Rule = {
  id: "txq-timeout-context",
  family: "txq",
  title: "tx_timeout does what softirq context forbids",
  statement:
    "tx_timeout is called in softirq context under xmit_lock: it must not sleep, take xmit_lock, or wait for poll, a timer or an interrupt.",
  severity: "error",
  condition:
    "inside tx_timeout: a function that may sleep; or a lock that others hold while they take xmit_lock",
  source: "Documentation/networking/netdevices.txt, dev->tx_timeout; net/sched/sch_generic.c: dev_watchdog()",
  kernelMessage: "BUG: scheduling while atomic",
  wrong: "function my_tx_timeout(dev: net_device) {\n  dev_close(dev);\n  dev_open(dev);\n}",
  right: "function my_tx_timeout(dev: net_device) {\n  schedule_work(p.reset);\n}",
  fix: "Queue a work item that resets the card under rtnl.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      const inside = ctx.state.callbacks.inside(event.task, event.context, "tx_timeout");
      if (inside && forbidden(ctx, event)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
