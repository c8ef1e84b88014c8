import type { Rule } from "../rule.ts";

export const txqBusy: Rule = {
  id: "txq-busy",
  family: "txq",
  title: "NETDEV_TX_BUSY returned",
  statement:
    "The core calls hard_start_xmit only while the queue runs: BUSY means that the driver stopped it too late. Stop the queue as soon as the next packet might not fit.",
  severity: "warning",
  condition:
    "hard_start_xmit returns NETDEV_TX_BUSY, unless another CPU or context had stopped the queue since the core looked",
  source:
    "Documentation/networking/netdevices.txt, hard_start_xmit, NETDEV_TX_BUSY (usually a bug); Documentation/networking/driver.txt (1)",
  kernelMessage: null,
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  if (p.used === N) {\n    netif_stop_queue(dev);\n    return NETDEV_TX_BUSY;\n  }",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  p.ring[p.used++] = skb;\n  if (p.used === N) netif_stop_queue(dev);\n  return NETDEV_TX_OK;",
  fix: "Stop the queue after the packet that fills the ring.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "queue-stopped": (event) => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit");
      if (call?.owner === event.device && event.wasStopped) call.notes.set(STOPPED_BY_OTHERS, true);
    },
    "callback-left": (event) => {
      if (event.slot !== "hard_start_xmit" || event.result !== 1) return;
      if (ctx.state.callbacks.left?.notes.has(STOPPED_BY_OTHERS)) return;
      ctx.report({
        message: `${event.name}() returns NETDEV_TX_BUSY: flow control stopped the queue too late`,
        place: ctx.state.callbacks.place(event),
        about: [event.args[0]],
      });
    },
  }),
};

const STOPPED_BY_OTHERS = "txq-busy: stopped by others";
