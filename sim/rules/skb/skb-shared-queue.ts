import { byModel, kernelCalls } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbSharedQueue: Rule = {
  id: "skb-shared-queue",
  family: "skb",
  title: "Shared packet put on a list",
  statement:
    "A packet to which others hold a reference has but one next and prev: it must not be put on a list of one's own.",
  severity: "error",
  condition: "the model puts a packet with more than one reference on a list of packets",
  source: "include/linux/skbuff.h: skb_share_check()",
  kernelMessage: null,
  wrong: "skb_get(skb);\nskb_queue_tail(p.queue, skb);\nnetif_rx(skb);",
  right: "const copy = skb_clone(skb, GFP_ATOMIC);\nif (copy) skb_queue_tail(p.queue, copy);\nnetif_rx(skb);",
  fix: "Put a clone on the list (skb_clone, skb_share_check).",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "skb-misused": (event) => {
      if (event.how !== "shared-queue" || !byModel(ctx.machine)) return;
      // what the stack does with a packet that it was given is its own affair
      if (kernelCalls(ctx.machine).some((fn) => STACK.has(fn))) return;
      ctx.report({
        message: `a packet with ${event.size} references is put on a list`,
        about: [event.skb],
      });
    },
  }),
};

const STACK: ReadonlySet<string> = new Set(["netif_rx", "netif_receive_skb", "dev_queue_xmit"]);
