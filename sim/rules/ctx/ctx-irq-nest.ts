import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxIrqNest: Rule = {
  id: "ctx-irq-nest",
  family: "ctx",
  title: "Inner unlock_irq ends an outer section with interrupts off",
  statement:
    "spin_unlock_irq() turns interrupts on whatever they were before: it must not end an outer section with interrupts off.",
  severity: "error",
  condition:
    "a lock taken by *_lock_irq while interrupts were already off by the model is released by *_unlock_irq",
  source: "include/linux/spinlock.h: spin_unlock_irq()",
  kernelMessage: null,
  wrong:
    "spin_lock_irq(a);\nspin_lock_irq(b);\nspin_unlock_irq(b); // interrupts on, a still held\nspin_unlock_irq(a);",
  right: "spin_lock_irq(a);\nspin_lock(b);\nspin_unlock(b);\nspin_unlock_irq(a);",
  fix: "Take the inner lock with spin_lock(), or with spin_lock_irqsave() if the function has callers of both kinds.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-irq-on-in-isr"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-release": (event) => {
      const inner = ctx.state.locks.released;
      if (event.variant !== "irq" || inner === null || !inner.irqsWereOff || inner.context !== event.context)
        return;
      if (!byModel(ctx.machine)) return;
      const outer = ctx.state.locks
        .inContext(event.context)
        .find((held) => (held.variant === "irqsave" || held.variant === "irq") && held.tick <= inner.tick);
      if (!outer) return;
      ctx.report({
        message: `unlocking ${ctx.state.lockName(event.lock)} turns interrupts on; they were off for ${ctx.state.lockName(outer.lock)} already`,
        about: [event.lock],
        related: [
          related(`${ctx.state.lockName(outer.lock)} was taken`, outer),
          related(`${ctx.state.lockName(event.lock)} was taken`, inner),
        ],
      });
    },
  }),
};
