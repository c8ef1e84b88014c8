import type { EventStamp } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const irqHandledRet: Rule = {
  id: "irq-handled-ret",
  family: "irq",
  title: "IRQ_NONE for an interrupt that was handled",
  statement:
    "A handler whose device interrupted returns IRQ_HANDLED: else the kernel shuts the line after a while.",
  severity: "warning",
  condition:
    "a handler acknowledges its device, delivers or frees packets, schedules poll, a tasklet or work, and does not return IRQ_HANDLED",
  source: "kernel/irq/spurious.c: note_interrupt()",
  kernelMessage: "irq %d: nobody cared … Disabling IRQ #%d",
  wrong: "serve(p);\nreturn IRQ_NONE;",
  right: "serve(p);\nreturn IRQ_HANDLED;",
  fix: "Return IRQ_HANDLED wherever the status was one's own.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const served = (event: EventStamp, what: string): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call?.slot !== "irq" || call.notes.has(SERVED) || !byModel(ctx.machine)) return;
      call.notes.set(SERVED, { what, place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
    };
    return {
      "irq-line": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (!event.raised && event.was && call?.args[0] === event.irq)
          served(event, "it acknowledged its device");
      },
      "skb-freed": (event) => served(event, "it freed a packet"),
      "skb-to-stack": (event) => served(event, "it delivered a packet"),
      "tasklet-scheduled": (event) => served(event, "it scheduled a tasklet"),
      "work-queued": (event) => served(event, "it queued work"),
      "callback-left": (event) => {
        if (event.slot !== "irq" || event.result === 1) return;
        const found = ctx.state.callbacks.left?.notes.get(SERVED) as Served | undefined;
        if (found === undefined) return;
        ctx.report({
          message: `${event.name}() returns ${event.result === 0 ? "IRQ_NONE" : String(event.result)} for an interrupt that it handled`,
          place: ctx.state.callbacks.place(event),
          about: [event.args[1]],
          related: [related(found.what, found)],
        });
      },
    };
  },
};

interface Served {
  readonly what: string;
  readonly place: ReturnType<Parameters<NonNullable<Rule["listen"]>>[0]["machine"]["here"]>;
  readonly cpu: number;
  readonly tick: number;
}

const SERVED = "irq-handled-ret";
