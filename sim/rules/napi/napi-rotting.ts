import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { pollOf, rxStuckListeners } from "./rx-stuck.ts";

export const napiRotting: Rule = {
  id: "napi-rotting",
  family: "napi",
  title: "Packet left in the ring",
  statement:
    "After unmasking, poll looks at the ring once more: with edge-triggered interrupts a packet that came before the unmask causes none.",
  severity: "error",
  condition:
    "the card has filled receive buffers that nobody takes, its status shows the event, unmasked, and no interrupt, poll or handler is under way",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "netif_rx_complete(dev);\niowrite32(p.mask, p.regs + IMR);\nreturn 0;",
  right:
    "netif_rx_complete(dev);\niowrite32(p.mask, p.regs + IMR);\nif (rx_ready(p) && netif_rx_schedule_prep(dev)) {\n  iowrite32(0, p.regs + IMR);\n  __netif_rx_schedule(dev);\n}\nreturn 0;",
  fix: "Test the ring after the unmask, and schedule again.",
  detectedBy: ["explore"],
  consequence: "object",
  listen: (ctx) =>
    rxStuckListeners(ctx, "rotting", ({ card, device, lastAck }) =>
      ctx.report({
        message: `a packet lies in the receive ring of ${device.name}, the card (${card.card.name}) asks for service, and no interrupt will come`,
        place: pollOf(ctx, device),
        about: [device],
        related: lastAck ? [related("the event was acknowledged last", lastAck)] : [],
        stack: [],
      }),
    ),
};
