import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { pollOf, rxStuckListeners } from "./rx-stuck.ts";

export const napiAckBeforeScan: Rule = {
  id: "napi-ack-before-scan",
  family: "napi",
  title: "Acknowledged after the scan",
  statement:
    "The event is acknowledged before the ring is scanned, and only what is handled: an acknowledgement afterwards wipes out what came meanwhile.",
  severity: "error",
  condition:
    "the card has filled receive buffers that nobody takes, and their event was acknowledged after they were filled without poll being scheduled",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong: "scan_ring(p);\niowrite32(RX_DONE, p.regs + ISR);",
  right: "iowrite32(RX_DONE, p.regs + ISR);\nscan_ring(p);",
  fix: "Acknowledge first; in the handler only the bits that are unmasked.",
  detectedBy: ["explore"],
  consequence: "object",
  listen: (ctx) =>
    rxStuckListeners(ctx, "acked", ({ device, lastAck }) =>
      ctx.report({
        message: `a packet lies in the receive ring of ${device.name}, and its event has been acknowledged`,
        place: lastAck?.place ?? pollOf(ctx, device),
        about: [device],
        also: ["napi-rotting"],
        related: lastAck ? [related("the event was acknowledged last", lastAck)] : [],
        stack: [],
      }),
    ),
};
