import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqDoubleRequest: Rule = {
  id: "irq-double-request",
  family: "irq",
  title: "Interrupt requested twice",
  statement: "A handler is requested once; suspend and resume pair free_irq() with request_irq().",
  severity: "warning",
  condition: "request_irq() succeeds for a line and dev_id that are registered already",
  source: "kernel/irq/manage.c: request_irq()",
  kernelMessage: null,
  wrong:
    "function my_resume(dev: net_device) {\n  request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev); // suspend did not free",
  right: "function my_suspend(dev: net_device) {\n  free_irq(dev.irq, dev);\n}",
  fix: "Free in suspend, or do not request in resume.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "irq-requested": (event) => {
      if (event.result !== 0 || !byModel(ctx.machine)) return;
      const all = ctx.state.resources.irqs.filter(
        (held) => held.irq === event.irq && held.devId === event.devId,
      );
      if (all.length < 2) return;
      ctx.report({
        message: `interrupt ${event.irq} is requested again with the same dev_id: the handler will be called twice`,
        about: [event.devId],
        related: [related("it was requested first", all[0]!)],
      });
    },
  }),
};
