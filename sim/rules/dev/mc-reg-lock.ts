import { related } from "../help.ts";
import { lostUpdateListeners } from "../mmio/lost-update.ts";
import type { Rule } from "../rule.ts";

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
  listen: (ctx) =>
    lostUpdateListeners(ctx, "CTRL", (event, call, lost) => {
      if (call.slot !== "set_multicast_list" && lost.by?.slot !== "set_multicast_list") return;
      ctx.report({
        message: `CTRL of ${event.card.name} is written back without what ${lost.by?.name ?? "another"}() wrote meanwhile`,
        about: [event.card],
        related: [related("the write that is lost", lost)],
        also: ["mmio-window"],
      });
    }),
};
