import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const ctxFlagsReuse: Rule = {
  id: "ctx-flags-reuse",
  family: "ctx",
  title: "Flags of another section restored",
  statement:
    "spin_unlock_irqrestore() and local_irq_restore() get the flags that the matching save returned, once.",
  severity: "error",
  condition:
    "flags are restored that no save returned, or those of another lock that is still held, or flags that were restored before and change the interrupt state",
  source: "include/linux/spinlock.h: spin_unlock_irqrestore()",
  kernelMessage: null,
  wrong:
    "const f = spin_lock_irqsave(a);\nconst g = spin_lock_irqsave(b);\nspin_unlock_irqrestore(b, f); // the outer flags\nspin_unlock_irqrestore(a, g);",
  right:
    "const f = spin_lock_irqsave(a);\nconst g = spin_lock_irqsave(b);\nspin_unlock_irqrestore(b, g);\nspin_unlock_irqrestore(a, f);",
  fix: "Keep one flags variable a section, in the function that saves.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-irq-imbalance", "ctx-irq-on-in-isr"],
  consequence: "context",
  listen: (ctx) => ({
    "flags-restored": ({ flags, cpu }) => {
      if (!byModel(ctx.machine)) return;
      if (flags === null) {
        ctx.report({ message: "interrupt flags are restored that no save returned" });
        return;
      }
      const holder = flags.lock ? ctx.state.locks.holder(flags.lock) : null;
      const off = ctx.machine.cpus[cpu]?.irqsDisabled === true;
      if (holder && flags.restored <= 1 && holder.variant === "irqsave" && !flags.irqsWereDisabled) {
        ctx.report({
          message: `the flags saved for ${ctx.state.lockName(holder.lock)} are restored while it is still held since ${at(holder.place)}`,
          about: [holder.lock],
          related: [related(`${ctx.state.lockName(holder.lock)} was taken and the flags were saved`, holder)],
        });
      } else if (flags.restored > 1 && off !== flags.irqsWereDisabled) {
        ctx.report({ message: "flags are restored a second time, which changes the interrupt state" });
      }
    },
  }),
};
