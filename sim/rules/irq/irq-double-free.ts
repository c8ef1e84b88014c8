import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqDoubleFree: Rule = {
  id: "irq-double-free",
  family: "irq",
  title: "free_irq of what is not registered",
  statement: "free_irq() is called once for each request_irq(), with the same dev_id.",
  severity: "warning",
  condition: "free_irq() for a line and dev_id that are not registered",
  source: "kernel/irq/manage.c: free_irq()",
  kernelMessage: "Trying to free free IRQ%d",
  wrong: "free_irq(dev.irq, dev);\nfree_irq(dev.irq, dev);",
  right: "free_irq(dev.irq, dev);",
  fix: "Free once, with the dev_id of the request.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "irq-freed": (event) => {
      if (event.found || !byModel(ctx.machine)) return;
      ctx.report({
        message: `free_irq(${event.irq}) finds no handler with this dev_id`,
        about: [event.devId],
      });
    },
  }),
};
