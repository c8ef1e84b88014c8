import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbUaf: Rule = {
  id: "skb-uaf",
  family: "skb",
  title: "Buffer used after it was freed",
  statement: "No access to a socket buffer after it was freed or handed over.",
  severity: "error",
  condition: "a field of a freed sk_buff is read or written while the model is on the stack",
  source: "net/core/skbuff.c: kfree_skb()",
  kernelMessage: "KASAN (modern): use-after-free",
  wrong: "dev_kfree_skb(skb);\np.stats.tx_bytes += skb.len;",
  right: "p.stats.tx_bytes += skb.len;\ndev_kfree_skb(skb);",
  fix: "Read what is needed before the free.",
  consequence: "object",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "freed-access": (event) => {
      const record = ctx.state.skbs.of(event.object);
      if (!record || !byModel(ctx.machine)) return;
      const { freed } = record;
      ctx.report({
        message: `skb.${event.key} is ${event.write ? "written" : "read"} after the buffer was freed at ${at(event.freedAt)}`,
        about: [event.object],
        related: freed ? [related(`it was ${freed.what}`, freed)] : [],
        kernel: [`BUG: use after free of sk_buff (${event.key})`],
      });
    },
  }),
};
