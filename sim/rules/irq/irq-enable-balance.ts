import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqEnableBalance: Rule = {
  id: "irq-enable-balance",
  family: "irq",
  title: "enable_irq without disable_irq",
  statement: "Each enable_irq() undoes one disable_irq().",
  severity: "warning",
  condition: "enable_irq() for a line that is not disabled",
  source: "kernel/irq/manage.c: enable_irq()",
  kernelMessage: "Unbalanced enable for IRQ %d (WARN_ON in 2.6.16)",
  wrong: "enable_irq(dev.irq);",
  right: "disable_irq(dev.irq);\n…\nenable_irq(dev.irq);",
  fix: "Pair them on every path.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "irq-enabled": (event) => {
      if (!ctx.state.lines.unbalanced || !byModel(ctx.machine)) return;
      ctx.report({ message: `enable_irq(${event.irq}) undoes no disable_irq()` });
    },
  }),
};
