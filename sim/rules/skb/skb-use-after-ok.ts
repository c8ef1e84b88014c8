import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbUseAfterOk: Rule = {
  id: "skb-use-after-ok",
  family: "skb",
  title: "Packet used after the ring has it",
  statement:
    "Once the packet is in the ring and the lock is released, the completion may free it: hard_start_xmit must not touch it any more.",
  severity: "error",
  condition: "hard_start_xmit reads or writes its packet after another context has freed it during the call",
  source: "Documentation/networking/driver.txt (3); net/core/skbuff.c: kfree_skb()",
  kernelMessage: "KASAN (modern): use-after-free",
  wrong: "p.ring[i] = skb;\nspin_unlock_irqrestore(p.lock, flags);\np.stats.tx_bytes += skb.len;",
  right: "p.stats.tx_bytes += skb.len;\np.ring[i] = skb;\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Read what is needed before the packet is given away.",
  detectedBy: ["explore"],
  specialises: ["skb-uaf"],
  listen: (ctx) => ({
    "freed-access": (event) => {
      const xmit = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit");
      if (xmit === null || xmit.args[0] !== event.object || !byModel(ctx.machine)) return;
      const freed = ctx.state.skbs.of(event.object)?.freed;
      if (!freed || freed.context === xmit.context || freed.tick < xmit.sincePoint) return;
      ctx.report({
        message: `hard_start_xmit ${event.write ? "writes" : "reads"} skb.${event.key} of a packet that ${freed.context?.name ?? "another context"} freed meanwhile at ${at(freed.place)}`,
        about: [event.object],
        related: [related(`it was ${freed.what}`, freed)],
      });
    },
  }),
};
