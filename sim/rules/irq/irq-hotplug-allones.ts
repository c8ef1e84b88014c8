import type { EventStamp } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";

export const irqHotplugAllones: Rule = {
  id: "irq-hotplug-allones",
  family: "irq",
  title: "All ones taken for events",
  statement: "A status of all ones means that the card is gone: return, touch nothing.",
  severity: "warning",
  condition:
    "a handler that has read all ones from an unplugged card goes on to write registers, schedule poll, or reports the interrupt as handled",
  source: "Documentation/pci.txt",
  kernelMessage: null,
  wrong: "const st = ioread32(p.regs + ISR);\nif (st) handle(p, st);",
  right: "const st = ioread32(p.regs + ISR);\nif (!st || st === 0xffffffff) return IRQ_NONE;",
  fix: "Test for 0xffffffff.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const goesOn = (event: EventStamp, what: string): void => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
      if (call?.notes.get(GONE) !== true || !byModel(ctx.machine)) return;
      call.notes.set(GONE, false);
      ctx.report({ message: `${call.name}() ${what} after it read all ones: the card is gone` });
    };
    return {
      "mmio-read": (event) => {
        if (event.value >>> 0 === 0xffffffff && ctx.state.cards.of(event.card).unplugged) gone(ctx, event);
      },
      "mmio-unmapped": (event) => {
        if (event.reason !== "unplugged") return;
        if (event.write) goesOn(event, "writes a register");
        else gone(ctx, event);
      },
      "mmio-write": (event) => goesOn(event, "writes a register"),
      "poll-scheduled": (event) => goesOn(event, "schedules poll"),
      "callback-left": (event) => {
        const call = ctx.state.callbacks.left;
        if (event.slot !== "irq" || event.result !== 1 || call?.notes.get(GONE) !== true) return;
        ctx.report({
          message: `${event.name}() takes all ones for events: the card is gone`,
          place: ctx.state.callbacks.place(event),
        });
      },
    };
  },
};

function gone(ctx: RuleContext, event: EventStamp): void {
  const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
  if (call && !call.notes.has(GONE)) call.notes.set(GONE, true);
}

const GONE = "irq-hotplug-allones";
