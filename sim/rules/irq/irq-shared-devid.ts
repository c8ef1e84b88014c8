import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqSharedDevid: Rule = {
  id: "irq-shared-devid",
  family: "irq",
  title: "Shared interrupt without dev_id",
  statement: "With SA_SHIRQ dev_id is not null and unique: free_irq() finds the handler by it.",
  severity: "error",
  condition: "request_irq() with SA_SHIRQ and a null dev_id",
  source: "kernel/irq/manage.c: request_irq()",
  kernelMessage: "request_irq() returns -EINVAL",
  wrong: "request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, null);",
  right: "request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);",
  fix: "Pass the device.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "irq-requested": (event) => {
      if ((event.flags & SA_SHIRQ) === 0 || (event.devId !== null && event.devId !== undefined)) return;
      if (byModel(ctx.machine))
        ctx.report({ message: `request_irq(${event.irq}) with SA_SHIRQ and a null dev_id` });
    },
  }),
};

const SA_SHIRQ = 0x04000000;
