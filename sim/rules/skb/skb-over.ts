import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbOver: Rule = {
  id: "skb-over",
  family: "skb",
  title: "skb_put beyond the buffer",
  statement: "skb_put() extends the data at most to the end of the buffer.",
  severity: "error",
  condition: "skb_put() with more bytes than skb_tailroom()",
  source: "net/core/skbuff.c: skb_over_panic()",
  kernelMessage: "skb_over_panic: text:%p len:%d put:%d … kernel BUG at net/core/skbuff.c:89",
  wrong: "const skb = dev_alloc_skb(len)!;\nskb_put(skb, len + 100);",
  right: "const skb = dev_alloc_skb(len + 2)!;\nskb_reserve(skb, 2);\nskb_put(skb, len);",
  fix: "Allocate for what will be put, reserve included.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "skb-misused": (event) => {
      if (event.how !== "over" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() of ${event.size} bytes leaves the buffer (len ${event.skb.len})`,
        about: [event.skb],
      });
    },
  }),
};
