import type { EventStamp } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { CardState } from "../state/cards.ts";

export const mmioPost: Rule = {
  id: "mmio-post",
  family: "mmio",
  title: "Write still on its way",
  statement:
    "A register write is posted: before a delay that counts on it, before unmapping or powering down, and before freeing what the card uses, it is pushed by a read.",
  severity: "warning",
  condition:
    "a write to CTRL or WINDOW is under way when the writer begins a delay; any write when registers are unmapped or the power state changes; one to CTRL or IMR when coherent memory of the card is freed",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: null,
  wrong: "iowrite32(CTRL_RESET, p.regs + CTRL);\nudelay(10);",
  right: "iowrite32(CTRL_RESET, p.regs + CTRL);\nioread32(p.regs + CTRL);\nudelay(10);",
  fix: "Read any register of the card.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const check = (
      event: EventStamp,
      card: CardState,
      what: string,
      registers: ReadonlySet<string> | null,
    ): void => {
      if (!byModel(ctx.machine)) return;
      const write = card.posted.findLast((w) => registers === null || registers.has(w.register));
      if (write === undefined || write.cpu !== event.cpu) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call !== null && write.n < call.since) return;
      ctx.report({
        message: `the write to ${write.register || "a register"} of ${card.card.name} may not have arrived ${what}`,
        about: [card.card],
      });
    };
    return {
      "busy-wait": (event) => {
        for (const card of ctx.state.cards.all) check(event, card, `when ${event.fn}() begins`, DELAYED);
      },
      "io-unmapped": (event) => {
        if (event.card) check(event, ctx.state.cards.of(event.card), "when the registers are unmapped", null);
      },
      "dma-unmapped": (event) => {
        if (event.kind === "coherent")
          check(event, ctx.state.cards.of(event.card), "when its memory is freed", QUIET);
      },
    };
  },
};

/** Registers whose effect a delay waits for. */
const DELAYED: ReadonlySet<string> = new Set(["CTRL", "WINDOW"]);
/** Registers that bring the card to rest. */
const QUIET: ReadonlySet<string> = new Set(["CTRL", "IMR"]);
