import type { Rule } from "../rule.ts";

export const mmioAckPost: Rule = {
  id: "mmio-ack-post",
  family: "mmio",
  title: "Acknowledgement still on its way",
  statement:
    "The write that acknowledges a level interrupt reaches the card before the handler returns: else the line is seen once more.",
  severity: "advice",
  condition: "a handler on a level line returns while its write to the status or mask register is under way",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: "a spurious interrupt",
  wrong: "iowrite32(st, p.regs + ISR);\nreturn IRQ_HANDLED;",
  right: "iowrite32(st, p.regs + ISR);\nioread32(p.regs + ISR);\nreturn IRQ_HANDLED;",
  fix: "Read back.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "irq") return;
      for (const card of ctx.state.cards.all) {
        if (card.msi || card.irq !== event.args[0]) continue;
        const write = card.posted.findLast((w) => w.register === "ISR" || w.register === "IMR");
        if (write === undefined || write.cpu !== event.cpu) continue;
        ctx.report({
          message: `${event.name}() returns with its write to ${write.register} still on the way`,
          place: ctx.state.callbacks.place(event),
        });
      }
    },
  }),
};
