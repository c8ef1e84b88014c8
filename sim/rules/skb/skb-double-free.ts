import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbDoubleFree: Rule = {
  id: "skb-double-free",
  family: "skb",
  title: "Socket buffer freed twice",
  statement: "A socket buffer is freed once.",
  severity: "error",
  condition: "kfree_skb() or a variant on a buffer that is already free",
  source: "net/core/skbuff.c: kfree_skb()",
  kernelMessage: "slab error in cache_free_debugcheck(): double free",
  wrong: "dev_kfree_skb(skb);\n…\ndev_kfree_skb(skb);",
  right: "dev_kfree_skb(skb);\np.skb = null;",
  fix: "Clear the pointer where the buffer is freed, under the lock that guards it.",
  consequence: "object",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "skb-freed": (event) => {
      if (!event.twice || !byModel(ctx.machine)) return;
      const freed = ctx.state.skbs.of(event.skb)?.freed;
      ctx.report({
        message: `${event.fn}() frees a socket buffer that was freed at ${at(freed?.place ?? null)}`,
        about: [event.skb],
        related: freed ? [related(`it was ${freed.what}`, freed)] : [],
      });
    },
  }),
};
