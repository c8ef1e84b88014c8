import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { stopped } from "./device.ts";

export const txqTimeoutRecover: Rule = {
  id: "txq-timeout-recover",
  family: "txq",
  title: "tx_timeout does not recover",
  statement:
    "tx_timeout makes progress: it reclaims or resets and wakes the queue, or schedules work that does.",
  severity: "warning",
  condition:
    "tx_timeout is called again for a device whose last tx_timeout neither woke the queue nor left work, a tasklet or a timer that could, and nothing has woken it since",
  source: "Documentation/networking/netdevices.txt, tx_timeout; net/sched/sch_generic.c: dev_watchdog()",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out, again and again",
  wrong: "function my_tx_timeout(dev: net_device) {\n  printk(KERN_WARNING + dev.name);\n}",
  right: "function my_tx_timeout(dev: net_device) {\n  reset(dev);\n  netif_wake_queue(dev);\n}",
  fix: "Free what hangs, reset, wake.",
  detectedBy: ["static", "run"],
  blocks: true,
  listen: (ctx) => {
    const failed = new Set<unknown>();
    return {
      "tx-timeout": (event) => {
        if (!failed.has(event.device)) return;
        const fn = (event.device as DeviceLike & { tx_timeout?: { readonly name: string } | null })
          .tx_timeout;
        ctx.report({
          message: `tx_timeout of ${event.device.name} is called again: the last call changed nothing`,
          place: fn ? ctx.state.callbacks.place(fn) : null,
          about: [event.device],
        });
      },
      "callback-left": (event) => {
        if (event.slot !== "tx_timeout" || event.owner === null) return;
        const { timers, work, tasklets } = ctx.state.resources;
        const later = timers.size + work.size + tasklets.size > 0;
        if (stopped(event.owner as DeviceLike) && !later) failed.add(event.owner);
      },
      "queue-woken": (event) => void failed.delete(event.device),
      "queue-started": (event) => void failed.delete(event.device),
    };
  },
};
