import type { EventStamp, Place } from "../../machine/events.ts";
import type { CardLike } from "../../machine/hardware-events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

export const mmioWindow: Rule = {
  id: "mmio-window",
  family: "mmio",
  title: "Window changed in between",
  statement:
    "Selecting a bank and accessing it is one critical section: everybody who uses the window takes one lock.",
  severity: "error",
  condition:
    "a windowed register is accessed and the bank is not the one that this callback selected, or the callback selected none and another one is in the middle of using the window",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: null,
  wrong: "iowrite32(2, p.regs + WINDOW);\nconst x = ioread32(p.regs + DIAG); // no lock",
  right: "spin_lock_irqsave(p.lock);\niowrite32(2, p.regs + WINDOW);\nconst x = ioread32(p.regs + DIAG);",
  fix: "Take the lock around both, in interrupts too.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const selected = new Map<
      CardLike,
      { bank: number; by: Callback | null; place: Place | null; cpu: number; tick: number }
    >();
    const access = (event: EventStamp & { card: CardLike; window: number; register: string }): void => {
      if (event.window < 0 || !byModel(ctx.machine)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const last = selected.get(event.card);
      const own = call?.notes.get(BANK) as number | undefined;
      const bank = last?.bank ?? 0;
      const changed = own !== undefined ? own !== bank : bank !== 0 && last?.by !== call;
      if (!changed || !last) return;
      const filter = [call?.slot, last.by?.slot].includes("set_multicast_list");
      ctx.report({
        message: `${event.register || "a windowed register"} is accessed with bank ${bank} selected, which ${last.by?.name ?? "somebody else"}() chose`,
        about: [event.card],
        related: [related("the bank was selected", last)],
        also: filter ? ["mc-reg-lock"] : [],
      });
    };
    return {
      "mmio-read": access,
      "mmio-write": (event) => {
        if (event.register !== "WINDOW") {
          access(event);
          return;
        }
        const by = ctx.state.callbacks.current(event.task, event.context);
        by?.notes.set(BANK, event.value);
        selected.set(event.card, {
          bank: event.value,
          by,
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
        });
      },
      "card-reset": (event) => void selected.delete(event.card),
    };
  },
};

const BANK = "mmio-window";
