import type { EventStamp } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const pmHotunplug: Rule = {
  id: "pm-hotunplug",
  family: "pm",
  title: "Waits for a card that is gone",
  statement: "A card that was pulled out reads as all ones: no loop may wait for a bit of it to clear.",
  severity: "warning",
  condition: "one callback reads all ones from an unplugged card a hundred times",
  source: "Documentation/pci.txt",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "while (ioread32(p.regs + STATUS) & TX_ACTIVE) udelay(1);",
  right: "for (let i = 0; i < 100 && ioread32(p.regs + STATUS) & TX_ACTIVE; i++) udelay(1);",
  fix: "Bound the loop, and leave it at 0xffffffff.",
  detectedBy: ["run"],
  blocks: true,
  listen: (ctx) => {
    const read = (event: EventStamp): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call === null || !byModel(ctx.machine)) return;
      const n = ((call.notes.get(READS) as number | undefined) ?? 0) + 1;
      call.notes.set(READS, n);
      if (n !== MANY) return;
      ctx.report({ message: `${call.name}() keeps reading from a card that has been pulled out` });
    };
    return {
      "mmio-read": (event) => {
        if (ctx.state.cards.of(event.card).unplugged) read(event);
      },
      "mmio-unmapped": (event) => {
        if (event.reason === "unplugged" && !event.write) read(event);
      },
    };
  },
};

/** More than a bounded wait reads. */
const MANY = 5000;
const READS = "pm-hotunplug";
