import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbUnder: Rule = {
  id: "skb-under",
  family: "skb",
  title: "skb_push before the buffer",
  statement: "skb_push() moves the start of the data at most to the start of the buffer.",
  severity: "error",
  condition: "skb_push() with more bytes than skb_headroom()",
  source: "net/core/skbuff.c: skb_under_panic()",
  kernelMessage: "skb_under_panic: text:%p len:%d put:%d … kernel BUG",
  wrong: "skb_push(skb, 32);",
  right: "if (skb_headroom(skb) < 32) return -ENOMEM;\nskb_push(skb, 32);",
  fix: "Check skb_headroom(), or make room with skb_realloc_headroom().",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "skb-misused": (event) => {
      if (event.how !== "under" || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() of ${event.size} bytes leaves the buffer (len ${event.skb.len})`,
        about: [event.skb],
      });
    },
  }),
};
