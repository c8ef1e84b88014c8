import type { LockLike, Place } from "../../machine/events.ts";
import type { CardLike } from "../../machine/hardware-events.ts";
import type { CpuId } from "../../machine/model.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

interface Sent {
  readonly register: string;
  readonly value: number;
  readonly locks: readonly LockLike[];
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

export const mmioMmiowb: Rule = {
  id: "mmio-mmiowb",
  family: "mmio",
  title: "Doorbells of two CPUs out of order",
  statement: "mmiowb() before the unlock keeps register writes of two CPUs in the order of the lock.",
  severity: "warning",
  condition:
    "with weak ordering: writes to one register by two CPUs, made under one lock, reach the card in the other order",
  source: "Documentation/DocBook/deviceiobook.tmpl (mmiowb)",
  kernelMessage: null,
  wrong: "iowrite32(p.tail, p.regs + TX_TAIL);\nspin_unlock_irqrestore(p.lock, flags);",
  right: "iowrite32(p.tail, p.regs + TX_TAIL);\nmmiowb();\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Call mmiowb() before the unlock.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const underWay = new Map<CardLike, Sent[]>();
    return {
      "mmio-write": (event) => {
        if (!event.posted || !byModel(ctx.machine)) return;
        const list = underWay.get(event.card) ?? [];
        underWay.set(event.card, list);
        list.push({
          register: event.register,
          value: event.value,
          locks: ctx.state.locks.of(event.task).map((held) => held.lock),
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
        });
      },
      "mmio-arrived": ({ card, register, value, sentBy, outstanding }) => {
        const list = underWay.get(card) ?? [];
        const at = list.findIndex((w) => w.cpu === sentBy && w.register === register && w.value === value);
        const arrived = list[at];
        if (arrived !== undefined) {
          list.splice(at, 1);
          const late = list.slice(0, at).find((earlier) => overtaken(earlier, arrived));
          if (late !== undefined)
            ctx.report({
              message: `CPU ${late.cpu} wrote ${late.value} to ${register} first, and CPU ${sentBy} wrote ${value} under the same lock: the card gets them in the other order`,
              place: late.place,
              about: [card],
              related: [related("this write arrives before it", arrived)],
              stack: [],
            });
        }
        if (outstanding === 0) list.length = 0;
      },
    };
  },
};

/** Does it matter that the earlier of the two arrives later? */
function overtaken(earlier: Sent, later: Sent): boolean {
  if (earlier.register !== later.register || earlier.register === "" || CLEARING.has(earlier.register))
    return false;
  if (earlier.cpu === later.cpu || earlier.value === later.value) return false;
  return earlier.locks.some((lock) => later.locks.includes(lock));
}

/** Each bit that is written clears itself alone. */
const CLEARING: ReadonlySet<string> = new Set(["ISR"]);
