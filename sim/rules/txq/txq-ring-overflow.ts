import type { DeviceLike } from "../../machine/events.ts";
import { reachable, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { held, type Slot } from "../state/slots.ts";
import { privateOf } from "./device.ts";

export const txqRingOverflow: Rule = {
  id: "txq-ring-overflow",
  family: "txq",
  title: "Packet overwritten in the ring",
  statement: "A slot of the ring is used again only when its packet was sent and freed.",
  severity: "error",
  condition:
    "hard_start_xmit returns NETDEV_TX_OK and the slot that held an unfinished packet holds another one; the old packet hangs nowhere in the private area any more",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: null,
  wrong: "p.tx[p.cur++ % N] = skb; // no look at what is there",
  right:
    "if (p.cur - p.dirty === N) {\n  netif_stop_queue(dev);\n  return NETDEV_TX_BUSY;\n}\np.tx[p.cur++ % N] = skb;",
  fix: "Stop the queue when the ring is full.",
  detectedBy: ["run", "explore"],
  specialises: ["skb-leak-tx"],
  consequence: "object",
  listen: (ctx) => ({
    "xmit-result": (event) => {
      if (event.result !== 0) return;
      const { device } = event;
      // Code of the driver that is at work may have taken the packet out of its slot and not be done with it.
      if (ctx.state.callbacks.running().length > 0) return;
      const xmit = ctx.state.callbacks.lastOf(event.context);
      const all = ctx.state.skbs.outstanding(device);
      if (all.length < 2) return;
      for (const record of all) {
        const { slot, skb, taken } = record;
        if (slot === null || slot.key === "" || skb === event.skb) continue;
        const now = held(slot);
        if (now === skb || now === null || typeof now !== "object") continue;
        const other = ctx.state.skbs.of(now);
        if (other?.device !== device || keepsElsewhere(device, skb)) continue;
        ctx.state.skbs.forget(record);
        ctx.report({
          message: `hard_start_xmit of ${device.name} puts a packet where an unfinished one was: that one is lost`,
          place: xmit ? ctx.state.callbacks.place(xmit) : null,
          about: [device, skb],
          related: taken ? [related("the lost packet was taken", taken)] : [],
          also: wholeRing(slot, all.length) ? ["txq-off-by-one"] : [],
        });
      }
    },
  }),
};

function keepsElsewhere(device: DeviceLike, skb: object): boolean {
  const area = privateOf(device);
  return area === null || reachable(area, skb, new Set<unknown>([device]));
}

/** Exactly one packet too many: the ring was full to the last slot. */
function wholeRing({ holder }: Slot, held: number): boolean {
  return Array.isArray(holder) && holder.length > 1 && held === holder.length + 1;
}
