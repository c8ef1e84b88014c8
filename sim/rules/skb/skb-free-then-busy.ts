import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbFreeThenBusy: Rule = {
  id: "skb-free-then-busy",
  family: "skb",
  title: "Buffer freed, then NETDEV_TX_BUSY",
  statement:
    "A value other than NETDEV_TX_OK means that the core keeps the buffer and sends it again: the driver must not have freed it.",
  severity: "error",
  condition: "hard_start_xmit returns non-zero for a buffer that was freed during the call",
  source:
    "Documentation/networking/netdevices.txt, hard_start_xmit, return codes; net/sched/sch_generic.c: qdisc_restart()",
  kernelMessage: null,
  wrong: "dev_kfree_skb(skb);\nreturn NETDEV_TX_BUSY;",
  right: "dev_kfree_skb(skb);\nreturn NETDEV_TX_OK;",
  fix: "Free and return OK (the packet is dropped), or keep it untouched and return BUSY.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "xmit-result": (event) => {
      const freed = ctx.state.skbs.of(event.skb)?.freed;
      if (event.result === 0 || !freed) return;
      ctx.report({
        message: `hard_start_xmit returns ${event.result} for a buffer that was freed at ${at(freed.place)}: the core will queue it again`,
        place: freed.place?.model ? freed.place : null,
        about: [event.skb],
        related: [related(`it was ${freed.what}`, freed)],
      });
    },
  }),
};
