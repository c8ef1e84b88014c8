import type { Rule } from "../rule.ts";
import { unackedListeners } from "./unacked.ts";

export const irqMustAck: Rule = {
  id: "irq-must-ack",
  family: "irq",
  title: "Interrupt neither acknowledged nor masked",
  statement:
    "A handler acknowledges or masks what its device asserts: a level line interrupts again at once.",
  severity: "error",
  condition:
    "in two consecutive calls of a handler the same event is neither acknowledged nor masked: a level line of lab/irq stays up from before the first call to the end of the second",
  source: "kernel/irq/handle.c: __do_IRQ()",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "function my_interrupt(irq: number, dev: net_device) {\n  return IRQ_HANDLED;\n}",
  right: "function my_interrupt(irq: number, dev: net_device) {\n  acknowledge(p);\n  return IRQ_HANDLED;\n}",
  fix: "Write the status back, or mask the source before the poll is scheduled.",
  detectedBy: ["run"],
  blocks: true,
  listen: (ctx) => {
    /** Lines that are up, and how many rounds of handlers have left them so. */
    const rounds = new Map<number, number>();
    const ofCards = unackedListeners(ctx, (call, card, bits) =>
      ctx.report({
        message: `${call.name}() leaves events 0x${bits.toString(16)} of ${card.card.name} asserted and unmasked: it is called without end`,
        place: ctx.state.callbacks.place(call),
        about: [card.device],
      }),
    );
    return {
      ...ofCards,
      "irq-line": (event) => {
        if (!event.level) return;
        if (!event.raised) rounds.delete(event.irq);
        else if (!rounds.has(event.irq)) rounds.set(event.irq, 0);
      },
      "irq-disabled": (event) => void (rounds.has(event.irq) && rounds.set(event.irq, 0)),
      "callback-left": (event) => {
        ofCards["callback-left"]?.(event);
        if (event.slot !== "irq") return;
        const irq = event.args[0] as number;
        const before = rounds.get(irq);
        if (before === undefined || ctx.state.lines.disabled().includes(irq)) return;
        const owners = ctx.state.resources.irqs.filter((held) => held.irq === irq).length;
        rounds.set(irq, before + 1);
        // each handler of a shared line has had two calls
        if (before + 1 < 2 * owners || event.result !== 1) return;
        rounds.set(irq, Number.NEGATIVE_INFINITY);
        ctx.report({
          message: `${event.name}() returns again with interrupt ${irq} still asserted: it is called without end`,
          place: ctx.state.callbacks.place(event),
          about: [event.args[1]],
        });
      },
    };
  },
};
