import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const txqReclaimExcl: Rule = {
  id: "txq-reclaim-excl",
  family: "txq",
  title: "Two contexts reclaim the same packet",
  statement:
    "One context reclaims sent packets, or all do it under one lock and look again under it whether anything is left.",
  severity: "error",
  condition: "a transmitted packet is freed by one context after another context has freed it",
  source: "Documentation/networking/driver.txt (3)",
  kernelMessage: null,
  wrong:
    "while (p.dirty !== p.cur) {\n  spin_lock(p.lock);\n  free(p, p.dirty++);\n  spin_unlock(p.lock);\n}",
  right: "spin_lock(p.lock);\nwhile (p.dirty !== p.cur) free(p, p.dirty++);\nspin_unlock(p.lock);",
  fix: "Test under the lock, clear the pointer where the packet is taken out.",
  detectedBy: ["explore"],
  specialises: ["skb-double-free"],
  consequence: "object",
  listen: (ctx) => ({
    "skb-freed": (event) => {
      if (!event.twice || !byModel(ctx.machine)) return;
      const record = ctx.state.skbs.of(event.skb);
      const freed = record?.freed;
      if (!record?.device || !freed?.byModel || !freed.context || freed.context === event.context) return;
      ctx.report({
        message: `a packet of ${record.device.name} is reclaimed that ${freed.context.name} reclaimed at ${at(freed.place)}`,
        about: [event.skb, record.device],
        related: [related(`it was ${freed.what}`, freed)],
        also: ["lock-check-then-act"],
      });
    },
  }),
};
