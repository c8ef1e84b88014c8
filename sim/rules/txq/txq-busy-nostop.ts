import type { Rule } from "../rule.ts";

export const txqBusyNostop: Rule = {
  id: "txq-busy-nostop",
  family: "txq",
  title: "BUSY while the queue runs",
  statement:
    "Whoever returns NETDEV_TX_BUSY has stopped the queue: otherwise the core tries again at once, for ever.",
  severity: "error",
  condition: "hard_start_xmit returns NETDEV_TX_BUSY while the queue is not stopped",
  source: "net/sched/sch_generic.c: qdisc_restart(); net/core/dev.c: net_tx_action()",
  kernelMessage: null,
  wrong: "if (full) return NETDEV_TX_BUSY;",
  right: "if (full) {\n  netif_stop_queue(dev);\n  return NETDEV_TX_BUSY;\n}",
  fix: "Stop the queue, best after the packet that fills the ring.",
  how: ["static", "run"],
  specialises: ["txq-busy"],
  listen: (ctx) => ({
    "xmit-result": (event) => {
      if (event.result !== 1 || event.stopped) return;
      const entry = ctx.state.callbacks.left;
      ctx.report({
        message: `hard_start_xmit of ${event.device.name} returns NETDEV_TX_BUSY while the queue runs: the core calls it again at once`,
        place: entry ? ctx.state.callbacks.place(entry) : null,
        about: [event.skb],
      });
    },
  }),
};
