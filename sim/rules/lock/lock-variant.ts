import { at, related } from "../help.ts";
import { softirqDepth } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";

export const lockVariant: Rule = {
  id: "lock-variant",
  family: "lock",
  title: "Lock and unlock of different kinds",
  statement:
    "A lock is released by the counterpart of what took it: irqsave with irqrestore, _irq with _irq, _bh with _bh, plain with plain.",
  severity: "warning",
  condition:
    "a callback that released a lock with another variant than it was taken with returns with interrupts or bottom halves not as it found them",
  source: "include/linux/spinlock.h",
  kernelMessage: null,
  wrong: "const flags = spin_lock_irqsave(p.lock);\nspin_unlock(p.lock); // interrupts stay off",
  right: "const flags = spin_lock_irqsave(p.lock);\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Use the matching unlock.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-irq-imbalance", "ctx-bh-imbalance"],
  consequence: "context",
  spoils: true,
  listen: (ctx) => ({
    "callback-left": (event) => {
      const odd = ctx.state.callbacks.left?.oddReleases.at(-1);
      if (!odd) return;
      const irqs = ctx.machine.cpus[event.cpu]?.irqsDisabled !== event.before.irqsDisabled;
      const bh = softirqDepth(event.task.preemptCount) !== softirqDepth(event.before.preemptCount);
      if (!irqs && !bh) return;
      const { held, place, how } = odd;
      ctx.report({
        message: `${ctx.state.lockName(held.lock)} was taken with ${FORMS[held.variant]} at ${at(held.place)} and released with the ${how} form`,
        place,
        about: [held.lock],
        related: [related(`${ctx.state.lockName(held.lock)} was taken`, held)],
      });
    },
  }),
};

const FORMS = { plain: "the plain form", bh: "_bh", irq: "_irq", irqsave: "_irqsave" } as const;
