import { byModel, isXmitLock } from "../help.ts";
import type { Rule } from "../rule.ts";

export const xmitIrq: Rule = {
  id: "xmit-irq",
  family: "lock",
  title: "xmit_lock in an interrupt handler",
  statement: "xmit_lock is taken with bottom halves disabled, never in a hard interrupt handler.",
  severity: "error",
  condition: "xmit_lock is taken, directly or through netif_tx_disable(), in hard interrupt context",
  source: "include/linux/netdevice.h: netif_tx_disable(); net/sched/sch_generic.c",
  kernelMessage: "lockdep (2.6.18): inconsistent {softirq-on-W} -> {in-hardirq-W} usage",
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  netif_tx_disable(dev);\n}",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  netif_stop_queue(dev);\n}",
  fix: "Stop the queue in the handler, and take xmit_lock in a tasklet or work item.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-bh-in-hardirq"],
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (!isXmitLock(event.lock) || event.context.kind !== "hardirq" || !byModel(ctx.machine)) return;
      ctx.report({ message: "xmit_lock is taken in an interrupt handler", about: [event.lock] });
    },
  }),
};
