import { at, byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxBhEnableIrqoff: Rule = {
  id: "ctx-bh-enable-irqoff",
  family: "ctx",
  title: "Bottom halves enabled with interrupts off",
  statement:
    "local_bh_enable() and the *_unlock_bh functions run pending softirqs: interrupts must be enabled when they are called.",
  severity: "error",
  condition:
    "local_bh_enable() or a *_unlock_bh function is called on behalf of the model while interrupts are off",
  source:
    "Documentation/networking/netdevices.txt (Interrupts must also be enabled when enabling the BH handler); kernel/softirq.c: local_bh_enable()",
  kernelMessage: "WARN_ON(irqs_disabled()) in local_bh_enable()",
  wrong: "spin_lock_irq(a);\nspin_lock_bh(b);\nspin_unlock_bh(b);\nspin_unlock_irq(a);",
  right: "spin_lock_irq(a);\nspin_lock(b);\nspin_unlock(b);\nspin_unlock_irq(a);",
  fix: "With interrupts off, bottom halves cannot run here anyway: use the plain lock inside, or release the outer lock first.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "bh-enabled": (event) => {
      if (!event.irqsDisabled || !byModel(ctx.machine)) return;
      const off = ctx.state.locks.irqsOffAt(event.cpu);
      ctx.report({
        message: `bottom halves are enabled while interrupts are off since ${at(off)}`,
        related: [{ message: "interrupts were turned off", place: off, cpu: event.cpu, tick: event.point }],
        kernel: ["BUG: warning at kernel/softirq.c:141/local_bh_enable()"],
      });
    },
  }),
};
