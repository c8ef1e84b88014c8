import { unackedListeners } from "../irq/unacked.ts";
import type { Rule } from "../rule.ts";
import { INT_RX } from "../state/cards.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiMaskAlways: Rule = {
  id: "napi-mask-always",
  family: "napi",
  title: "Nothing masked because poll runs",
  statement:
    "If netif_rx_schedule_prep() fails because poll is at work, the source is masked or acknowledged all the same: else the level line interrupts without end.",
  severity: "error",
  condition:
    "in two consecutive calls of a handler, or fifty reads in one, a receive event stays asserted and unmasked while poll is scheduled",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "if (netif_rx_schedule_prep(dev)) {\n  mask(p);\n  __netif_rx_schedule(dev);\n} // else nothing",
  right: "mask(p);\nif (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  fix: "Mask always.",
  detectedBy: ["run", "explore"],
  specialises: ["irq-must-ack"],
  blocks: true,
  listen: (ctx) => {
    const storm = unackedListeners(ctx, (call, card, bits) => {
      if (card.device === null || (bits & INT_RX) === 0 || !pollScheduled(card.device)) return;
      ctx.report({
        message: `${call.name}() leaves the receive interrupt of ${card.device.name} asserted and unmasked because poll is scheduled`,
        place: ctx.state.callbacks.place(call),
        about: [card.device],
        also: ["ctx-isr-loop"],
      });
    });
    return storm;
  },
};
