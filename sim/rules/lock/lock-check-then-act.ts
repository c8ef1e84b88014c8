import { related } from "../help.ts";
import { placeOf } from "../race/detector.ts";
import type { Rule } from "../rule.ts";

export const lockCheckThenAct: Rule = {
  id: "lock-check-then-act",
  family: "lock",
  title: "Looked before the lock, acted under it",
  statement:
    "What a decision depends on is read under the lock that protects it, or read again there: before the lock another CPU may change it.",
  severity: "error",
  condition:
    "told with another mistake only (a race, a double free, a null, a lost wake): the function read a field without a lock, another context changed it, and then the function took a lock and acted on what it had read",
  source: "Documentation/spinlocks.txt",
  kernelMessage: null,
  wrong: "while (p.count > 0) {\n  spin_lock(p.lock);\n  free_first(p);",
  right: "spin_lock(p.lock);\nwhile (p.count > 0) free_first(p);",
  fix: "Take the lock first, or test again under it.",
  detectedBy: ["run", "explore"],
  explains: [
    "lock-data-race",
    "skb-double-free",
    "skb-uaf",
    "life-use-after-free",
    "life-double-free",
    "life-null-alloc",
    "oops",
    "txq-lost-wake",
    "txq-ring-overflow",
    "txq-reclaim-excl",
    "dma-double-unmap",
  ],
  explain: (ctx) => (event) => {
    const stale = ctx.state.checks.of(event.context);
    if (stale === null) return null;
    const models = ctx.machine.places?.modelModules ?? new Set();
    const { look, change } = stale;
    return [
      related("what it depends on was read here, without a lock", {
        ...look,
        place: placeOf(look.fn, look.pc, models),
      }),
      related("and changed here meanwhile", { ...change, place: placeOf(change.fn, change.pc, models) }),
    ];
  },
};
