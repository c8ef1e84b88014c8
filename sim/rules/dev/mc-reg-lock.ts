import type { Place } from "../../machine/events.ts";
import type { CardLike } from "../../machine/hardware-events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

export const mcRegLock: Rule = {
  id: "mc-reg-lock",
  family: "dev",
  title: "Filter register changed without the lock",
  statement:
    "Registers that set_multicast_list shares with the handler or hard_start_xmit (CTRL with its filter bits, the window) are read and written back under the driver's lock.",
  severity: "error",
  condition:
    "between a read and the write of CTRL by one callback another one writes CTRL, and one of the two is set_multicast_list: a change is lost",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: null,
  wrong: "iowrite32(ioread32(p.regs + CTRL) | PROMISC, p.regs + CTRL);",
  right: "spin_lock_irqsave(p.lock);\niowrite32(ioread32(p.regs + CTRL) | PROMISC, p.regs + CTRL);",
  fix: "Take the lock that the others take.",
  detectedBy: ["static", "explore"],
  listen: (ctx) => {
    const writes = new Map<
      CardLike,
      { n: number; by: Callback | null; place: Place | null; cpu: number; tick: number }
    >();
    return {
      "mmio-read": (event) => {
        if (event.register === "CTRL")
          ctx.state.callbacks.current(event.task, event.context)?.notes.set(READ, event.n);
      },
      "mmio-write": (event) => {
        if (event.register !== "CTRL" || !byModel(ctx.machine)) return;
        const call = ctx.state.callbacks.current(event.task, event.context);
        const read = call?.notes.get(READ) as number | undefined;
        const last = writes.get(event.card);
        writes.set(event.card, {
          n: event.n,
          by: call,
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
        });
        call?.notes.delete(READ);
        if (read === undefined || !last || last.n < read || last.by === call) return;
        if (call?.slot !== "set_multicast_list" && last.by?.slot !== "set_multicast_list") return;
        ctx.report({
          message: `CTRL of ${event.card.name} is written back without what ${last.by?.name ?? "another"}() wrote meanwhile`,
          about: [event.card],
          related: [related("the write that is lost", last)],
          also: ["mmio-window"],
        });
      },
    };
  },
};

const READ = "mc-reg-lock";
