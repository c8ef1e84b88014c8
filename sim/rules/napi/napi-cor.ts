import type { Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type CardState, CTRL_COR, INT_RX } from "../state/cards.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiCor: Rule = {
  id: "napi-cor",
  family: "napi",
  title: "Clear-on-read status read in two places",
  statement:
    "A status register that reading clears is read in one place only: who reads it elsewhere takes events away.",
  severity: "error",
  condition:
    "with COR set, a handler reads a status with receive events while poll is scheduled, and poll reads the status too",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong:
    "function my_interrupt() { const st = ioread32(p.regs + ISR); }\nfunction my_poll() { const st = ioread32(p.regs + ISR); }",
  right: "const st = ioread32(p.regs + ISR);\np.events |= st; // under the lock, for poll",
  fix: "Read in the handler and hand the events over, or not while poll owns them.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const pollReads = new Map<CardState, { place: Place | null; cpu: number; tick: number }>();
    const stolen = new Map<CardState, { place: Place | null; cpu: number; tick: number }>();
    const judge = (card: CardState): void => {
      const poll = pollReads.get(card);
      const thief = stolen.get(card);
      if (poll === undefined || thief === undefined || card.device === null) return;
      ctx.report({
        message: `the status of ${card.card.name} clears on reading, and a handler reads receive events from it while poll of ${card.device.name} owns them`,
        place: thief.place,
        about: [card.device],
        related: [related("poll reads it too", poll)],
      });
    };
    return {
      "mmio-read": (event) => {
        if (event.register !== "ISR") return;
        const card = ctx.state.cards.of(event.card);
        if (((card.written.get("CTRL") ?? 0) & CTRL_COR) === 0 || card.device === null) return;
        const slot = ctx.state.callbacks.current(event.task, event.context)?.slot;
        const here = { place: ctx.machine.here(), cpu: event.cpu, tick: event.point };
        if (slot === "poll") pollReads.set(card, here);
        else if (slot === "irq" && event.value & INT_RX && pollScheduled(card.device)) stolen.set(card, here);
        else return;
        judge(card);
      },
    };
  },
};
