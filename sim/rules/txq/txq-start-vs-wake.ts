import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { running, waiting } from "./device.ts";

export const txqStartVsWake: Rule = {
  id: "txq-start-vs-wake",
  family: "txq",
  title: "netif_start_queue where netif_wake_queue is needed",
  statement:
    "After a stop for a full ring the queue is continued by netif_wake_queue(), which also schedules the packets that wait; netif_start_queue() does not.",
  severity: "warning",
  condition: "netif_start_queue() restarts a stopped queue outside open, with packets waiting in the qdisc",
  source: "include/linux/netdevice.h: netif_wake_queue()",
  kernelMessage: null,
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  netif_start_queue(dev);",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  netif_wake_queue(dev);",
  fix: "Use netif_wake_queue() everywhere but in open.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "queue-started": (event) => {
      if (!event.wasStopped || !byModel(ctx.machine) || !running(event.device)) return;
      const { callbacks } = ctx.state;
      for (const slot of ["open", "hard_start_xmit", "module_init"]) {
        if (callbacks.inside(event.task, event.context, slot)) return;
      }
      if (waiting(event.device) === 0) return;
      ctx.report({
        message: `netif_start_queue(${event.device.name}) leaves ${waiting(event.device)} waiting packets where they are`,
        about: [event.device],
      });
    },
  }),
};
