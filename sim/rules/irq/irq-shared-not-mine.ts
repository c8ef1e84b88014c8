import type { EventStamp, Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import type { CardState } from "../state/cards.ts";
import { privateOf } from "../txq/device.ts";
import { earlyHandler } from "./irq-ready-before-request.ts";

export const irqSharedNotMine: Rule = {
  id: "irq-shared-not-mine",
  family: "irq",
  title: "Somebody else's interrupt taken",
  statement:
    "On a shared line a handler whose own status is zero returns IRQ_NONE and touches nothing, also while the device is down, suspended or being reset.",
  severity: "error",
  condition:
    "in a call in which its card's status is zero throughout a handler returns IRQ_HANDLED, writes a register, schedules poll, wakes the queue or runs into null; or it touches a card that does not answer",
  source: "kernel/irq/handle.c: handle_IRQ_event()",
  kernelMessage: null,
  wrong: "iowrite32(ALL, p.regs + ISR);\nreturn IRQ_HANDLED;",
  right: "const st = ioread32(p.regs + ISR);\nif (!st) return IRQ_NONE;",
  fix: "Test the status first.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    const mine = (event: EventStamp): { call: Callback; card: CardState } | null => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
      const card = call?.notes.get(IDLE) as CardState | undefined;
      return call && card && !card.unplugged ? { call, card } : null;
    };
    const touched = (event: EventStamp, what: string, also: string[] = [], place?: Place | null): void => {
      const found = mine(event);
      if (found === null || found.call.notes.has(TOLD)) return;
      found.call.notes.set(TOLD, true);
      ctx.report({
        message: `${found.call.name}() ${what}, but ${found.card.card.name} has not interrupted`,
        ...(place === undefined ? {} : { place }),
        about: [found.card.card, found.card.device],
        also,
      });
    };
    return {
      "callback-entered": (event) => {
        if (event.slot !== "irq") return;
        const card = ctx.state.cards.ofDevId(event.args[1], privateOf);
        if (card === null || (card.irq >= 0 && card.irq !== event.args[0]) || card.status !== 0) return;
        ctx.state.callbacks.current(event.task, event.context)?.notes.set(IDLE, card);
      },
      "card-status": (event) => {
        const card = ctx.state.cards.of(event.card);
        for (const call of ctx.state.callbacks.running())
          if (call.notes.get(IDLE) === card && event.status !== 0) call.notes.delete(IDLE);
      },
      "mmio-write": (event) => {
        if (byModel(ctx.machine)) touched(event, `writes ${event.register || "a register"}`);
      },
      "poll-scheduled": (event) => touched(event, "schedules poll", ["napi-shared-irq-check"]),
      "queue-woken": (event) => touched(event, "wakes the queue"),
      "mmio-unmapped": (event) => {
        const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
        if (call === null || event.reason === "unplugged" || !byModel(ctx.machine)) return;
        ctx.report({
          message: `${call.name}() is called for another device of the line and touches registers that do not answer (${event.reason})`,
          about: [event.card],
          also: ["mmio-unmapped", "irq-quiesce-before-free"],
        });
      },
      oops: (event) => {
        if (earlyHandler(ctx, event) === null)
          touched(event, "runs into null", ["oops"], event.stack.find((p) => p.model) ?? null);
      },
      "callback-left": (event) => {
        const call = ctx.state.callbacks.left;
        const card = event.slot === "irq" ? (call?.notes.get(IDLE) as CardState | undefined) : undefined;
        if (card === undefined || event.result !== 1 || call?.notes.has(TOLD) || card.unplugged) return;
        ctx.report({
          message: `${event.name}() returns IRQ_HANDLED, but ${card.card.name} has not interrupted`,
          place: ctx.state.callbacks.place(event),
          about: [card.card, card.device],
        });
      },
    };
  },
};

const IDLE = "irq-shared-not-mine: idle card";
const TOLD = "irq-shared-not-mine: told";
