import { at, byModel, calledByModel, related } from "../help.ts";
import type { Rule, RuleMachine } from "../rule.ts";

export const skbUseAfterRx: Rule = {
  id: "skb-use-after-rx",
  family: "skb",
  title: "Buffer used after it went up the stack",
  statement:
    "netif_rx() and netif_receive_skb() consume the buffer, whatever they return: no access and no free after the call.",
  severity: "error",
  condition:
    "the model reads, writes or frees a socket buffer after it gave it to netif_rx() or netif_receive_skb(), unless it holds a reference of its own; reads are seen once the stack has freed it",
  source: "net/core/dev.c: netif_rx(), netif_receive_skb()",
  kernelMessage: null,
  wrong: "netif_rx(skb);\np.stats.rx_bytes += skb.len;",
  right: "p.stats.rx_bytes += skb.len;\nnetif_rx(skb);",
  fix: "Take the length before the call.",
  detectedBy: ["static", "run"],
  specialises: ["skb-uaf"],
  listen: (ctx) => ({
    "skb-freed": (event) => {
      const record = ctx.state.skbs.of(event.skb);
      if (!record?.given?.byModel || record.given.fn === "dev_queue_xmit" || !directly(ctx.machine)) return;
      if (record.freed !== null && record.freed.what !== `freed by ${event.fn}` && !event.twice) return;
      if (event.users > 0 || record.given.tick === event.point) return;
      ctx.report({
        message: `${event.fn}() frees a socket buffer that belongs to the stack since ${at(record.given.place)}`,
        about: [event.skb],
        related: [related(`it was ${record.given.what}`, record.given)],
      });
    },
    "freed-access": (event) => {
      const given = ctx.state.skbs.of(event.object)?.given;
      if (!given?.byModel || given.fn === "dev_queue_xmit" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `skb.${event.key} is ${event.write ? "written" : "read"} after ${given.fn}() took the buffer at ${at(given.place)}`,
        about: [event.object],
        related: [related(`it was ${given.what}`, given)],
      });
    },
  }),
};

/** The model called the freeing function itself; not the stack, further up. */
function directly(machine: RuleMachine): boolean {
  return /^(__)?(dev_)?kfree_skb/.test(calledByModel(machine) ?? "");
}
