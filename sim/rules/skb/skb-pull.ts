import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbPull: Rule = {
  id: "skb-pull",
  family: "skb",
  title: "skb_pull of more than there is",
  statement:
    "skb_pull() of more than skb.len returns null and changes nothing: check it. __skb_pull() does not check at all.",
  severity: "error",
  condition: "skb_pull() or __skb_pull() by the model with more bytes than skb.len",
  source: "include/linux/skbuff.h: skb_pull(), __skb_pull()",
  kernelMessage: "BUG_ON(skb->len < skb->data_len)",
  wrong: "const h = skb_pull(skb, 9999)!;\nread(h[0]);",
  right: "const h = skb_pull(skb, HLEN);\nif (h === null) return drop(skb);",
  fix: "Compare with skb.len, or test the result.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "skb-misused": (event) => {
      if (event.how !== "pull" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() of ${event.size} bytes, but the packet has ${event.skb.len}`,
        about: [event.skb],
      });
    },
  }),
};
