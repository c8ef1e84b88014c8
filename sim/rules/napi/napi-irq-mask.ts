import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { INT_RX } from "../state/cards.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiIrqMask: Rule = {
  id: "napi-irq-mask",
  family: "napi",
  title: "Polling with the interrupt unmasked",
  statement:
    "Whoever schedules poll masks the receive interrupt: else it goes on interrupting while poll works.",
  severity: "error",
  condition: "a handler returns after it scheduled poll, and the card's mask still allows receive interrupts",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "netif_rx_schedule(dev);\nreturn IRQ_HANDLED;",
  right:
    "if (netif_rx_schedule_prep(dev)) {\n  iowrite32(p.mask & ~RX_DONE, p.regs + IMR);\n  __netif_rx_schedule(dev);\n}",
  fix: "Mask between prep and schedule.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
      if (call !== null && byModel(ctx.machine)) call.notes.set(SCHEDULED, event.device);
    },
    "callback-left": (event) => {
      if (event.slot !== "irq") return;
      const device = ctx.state.callbacks.left?.notes.get(SCHEDULED) as DeviceLike | undefined;
      const card = device && ctx.state.cards.ofDevice(device);
      if (!card || !pollScheduled(device) || card.unplugged) return;
      if (((card.written.get("IMR") ?? card.mask) & INT_RX) === 0) return;
      ctx.report({
        message: `${event.name}() schedules poll of ${device.name} and leaves the receive interrupt unmasked`,
        place: ctx.state.callbacks.place(event),
        about: [device],
      });
    },
  }),
};

const SCHEDULED = "napi-irq-mask";
