import type { EventStamp } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { privateOf } from "../txq/device.ts";

export const ctxIsrLoop: Rule = {
  id: "ctx-isr-loop",
  family: "ctx",
  title: "Interrupt handler without an end",
  statement:
    "A handler that repeats while its status stays set has a bound, or masks what it leaves: else it never gives the CPU back.",
  severity: "error",
  condition:
    "one call of a handler reads the status 64 times with enabled events set each time, or has run for a millisecond when the run ends",
  source: "Documentation/networking/driver.txt; max_interrupt_work of drivers/net",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "while ((st = ioread32(p.regs + ISR) & p.mask)) rx(p); // RX_DONE is never masked",
  right: "for (let work = 0; work < MAX_WORK && (st = ioread32(p.regs + ISR) & p.mask); work++) …",
  fix: "Count the rounds, and mask the interrupt and go on by timer or poll when there are too many.",
  detectedBy: ["run", "explore"],
  consequence: "object",
  blocks: true,
  listen: (ctx) => {
    const tell = (call: Callback, message: string): void => {
      if (call.notes.has(TOLD)) return;
      call.notes.set(TOLD, true);
      const about = [call.args[1]];
      const card = ctx.state.cards.ofDevId(call.args[1], privateOf);
      if (card?.device) about.push(card.device);
      ctx.report({ message, place: ctx.state.callbacks.place(call), about });
    };
    const endless = (event: EventStamp): void => {
      for (const call of ctx.state.callbacks.running())
        if (call.slot === "irq" && event.timeNs - call.sinceNs >= LONG_NS)
          tell(
            call,
            `${call.name}() has not returned for ${Math.round((event.timeNs - call.sinceNs) / 1e6)} ms`,
          );
    };
    return {
      "mmio-read": (event) => {
        if (event.register !== "ISR") return;
        const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
        if (call === null) return;
        const { mask } = ctx.state.cards.of(event.card);
        const set = event.value !== 0xffffffff && (event.value & mask) !== 0;
        const n = set ? ((call.notes.get(ROUNDS) as number | undefined) ?? 0) + 1 : 0;
        call.notes.set(ROUNDS, n);
        if (n === MANY)
          tell(call, `${call.name}() has read ${MANY} times that there is work, and does not end`);
      },
      "run-limit": endless,
      hang: endless,
    };
  },
};

const MANY = 64;
const LONG_NS = 1e6;
const ROUNDS = "ctx-isr-loop: rounds";
const TOLD = "ctx-isr-loop: told";
