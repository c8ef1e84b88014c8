import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqEnableBeforeRequest: Rule = {
  id: "irq-enable-before-request",
  family: "irq",
  title: "Card may interrupt before it has a handler",
  statement: "The card's interrupts are enabled after request_irq() and masked before free_irq().",
  severity: "error",
  condition:
    "the mask register is written with a bit set while no handler of the driver is registered for the card's line",
  source: "kernel/irq/spurious.c: note_interrupt()",
  kernelMessage: "irq %d: nobody cared … Disabling IRQ #%d",
  wrong: "iowrite32(ALL, p.regs + IMR);\nrequest_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);",
  right: "request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);\niowrite32(ALL, p.regs + IMR);",
  fix: "Exchange the two.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "mmio-write": (event) => {
      if (event.register !== "IMR" || event.value === 0 || !byModel(ctx.machine)) return;
      if (ctx.state.resources.irqs.length > 0) return;
      ctx.report({
        message: `the interrupts of ${event.card.name} are enabled and no handler is registered`,
        about: [event.card],
      });
    },
  }),
};
