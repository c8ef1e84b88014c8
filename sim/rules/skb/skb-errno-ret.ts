import type { Rule } from "../rule.ts";

export const skbErrnoRet: Rule = {
  id: "skb-errno-ret",
  family: "skb",
  title: "hard_start_xmit returns something else",
  statement:
    "hard_start_xmit returns NETDEV_TX_OK, NETDEV_TX_BUSY or NETDEV_TX_LOCKED, nothing else: 2.6.16 takes any other value for BUSY.",
  severity: "error",
  condition: "the return value of hard_start_xmit is not 0, 1 or -1",
  source: "Documentation/networking/netdevices.txt, hard_start_xmit, return codes",
  kernelMessage: "BUG %s code %d qlen %d (later kernels)",
  wrong: "if (!p.link) return -ENOMEM;",
  right: "if (!p.link) {\n  dev_kfree_skb(skb);\n  return NETDEV_TX_OK;\n}",
  fix: "Drop the packet and return OK, or stop the queue and return BUSY.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "hard_start_xmit" || ALLOWED.has(event.result)) return;
      ctx.report({
        message: `${event.name}() returns ${String(event.result)} as hard_start_xmit; only NETDEV_TX_OK, BUSY and LOCKED are allowed`,
        place: ctx.state.callbacks.place(event),
        about: [event.args[0]],
      });
    },
  }),
};

const ALLOWED: ReadonlySet<unknown> = new Set([0, 1, -1]);
