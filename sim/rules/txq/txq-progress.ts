import type { Rule } from "../rule.ts";
import { placeOf, stallListeners, story } from "./stalled.ts";

export const txqProgress: Rule = {
  id: "txq-progress",
  family: "txq",
  title: "No completion for the last packet",
  statement: "When the queue stops, the completion of the packets in the ring is certain to be noticed.",
  severity: "error",
  condition:
    "the queue is stopped, packets are in the driver's ring, and no interrupt, timer, tasklet or work is pending that could reclaim them",
  source: "Documentation/networking/driver.txt (1), (3)",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "desc.irq = i % 8 === 0;",
  right: "desc.irq = i % 8 === 0 || full;",
  fix: "Ask for an interrupt for the descriptor that fills the ring.",
  detectedBy: ["run"],
  specialises: ["txq-stall"],
  listen: (ctx) =>
    stallListeners(ctx, "progress", (stall) => {
      const everySlot = full(ctx.state.skbs.outstanding(stall.device));
      ctx.report({
        message: `the queue of ${stall.device.name} is stopped with ${stall.held} packets in the ring, and nothing will reclaim them`,
        place: placeOf(stall),
        about: [stall.device],
        related: story(stall),
        also: everySlot ? ["txq-off-by-one"] : [],
        stack: [],
      });
    }),
};

/** Each slot of the ring holds a packet: producer and consumer index are equal, as in an empty ring. */
function full(held: readonly { readonly slot: { readonly holder: object } | null }[]): boolean {
  const holder = held[0]?.slot?.holder;
  return Array.isArray(holder) && held.length === holder.length && held.length > 1;
}
