import type { Rule } from "../rule.ts";

export const txqBusyNostop: Rule = {
  id: "txq-busy-nostop",
  family: "txq",
  title: "BUSY while the queue runs",
  statement:
    "Whoever returns NETDEV_TX_BUSY has stopped the queue: otherwise the core tries again at once, for ever.",
  severity: "error",
  condition:
    "hard_start_xmit returns NETDEV_TX_BUSY with the queue running, and has not stopped it in this call",
  source: "net/sched/sch_generic.c: qdisc_restart(); net/core/dev.c: net_tx_action()",
  kernelMessage: null,
  wrong: "if (full) return NETDEV_TX_BUSY;",
  right: "if (full) {\n  netif_stop_queue(dev);\n  return NETDEV_TX_BUSY;\n}",
  fix: "Stop the queue, best after the packet that fills the ring.",
  detectedBy: ["static", "run"],
  specialises: ["txq-busy"],
  listen: (ctx) => ({
    "queue-stopped": (event) => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit");
      if (call?.owner === event.device) call.notes.set(STOPPED, true);
    },
    "xmit-result": (event) => {
      if (event.result !== 1 || event.stopped) return;
      const entry = ctx.state.callbacks.lastOf(event.context);
      // it did stop it, and somebody has made room since
      if (entry?.notes.has(STOPPED)) return;
      ctx.report({
        message: `hard_start_xmit of ${event.device.name} returns NETDEV_TX_BUSY while the queue runs: the core calls it again at once`,
        place: entry ? ctx.state.callbacks.place(entry) : null,
        about: [event.skb],
      });
    },
  }),
};

const STOPPED = "txq-busy-nostop";
