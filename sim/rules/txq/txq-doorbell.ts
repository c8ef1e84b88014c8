import type { DeviceLike, SkbLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { type CardState, CTRL_TX_EN } from "../state/cards.ts";
import { type NetDevice, running } from "./device.ts";

export const txqDoorbell: Rule = {
  id: "txq-doorbell",
  family: "txq",
  title: "Descriptor that the card was not told of",
  statement: "Each descriptor that is queued is announced: also on the paths that return early.",
  severity: "error",
  condition:
    "a packet has been in the ring for two milliseconds, the card has not fetched it, and rests with TX_EN on because the doorbell says that there is nothing",
  source: "Documentation/networking/driver.txt (3)",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong:
    "queue(p, skb);\nif (full) {\n  netif_stop_queue(dev);\n  return NETDEV_TX_OK; // no doorbell\n}\nring_doorbell(p);",
  right: "queue(p, skb);\nring_doorbell(p);\nif (full) netif_stop_queue(dev);",
  fix: "Ring it before anything that returns.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const told = new Set<DeviceLike>();
    return {
      "callback-entered": (event) => {
        for (const card of ctx.state.cards.all) {
          const { device } = card;
          if (device === null || told.has(device) || !resting(card) || !running(device)) continue;
          const held = ctx.state.skbs.outstanding(device);
          if (held.length === 0 || ctx.state.callbacks.running().some((c) => c.slot === "hard_start_xmit"))
            continue;
          const late = held.find(({ skb, takenNs }) => {
            const map = [...card.live].find((m) => m.memory === (skb as Buffered).head.buffer);
            return map !== undefined && !card.fetched.has(map) && event.timeNs - takenNs >= LONG_NS;
          });
          if (late === undefined) continue;
          told.add(device);
          const { hard_start_xmit } = device as NetDevice;
          ctx.report({
            message: `a packet that ${device.name} took ${Math.round((event.timeNs - late.takenNs) / 1e6)} ms ago is in the ring, and the card was not told of it`,
            place: hard_start_xmit ? ctx.state.callbacks.place(hard_start_xmit) : null,
            about: [device, late.skb],
            also: ["txq-progress"],
            stack: [],
          });
        }
      },
      "netdev-released": (event) => void told.delete(event.device),
    };
  },
};

interface Buffered extends SkbLike {
  readonly head: Uint8Array;
}

const LONG_NS = 2e6;

/** The transmitter is on and has nothing to do. */
function resting(card: CardState): boolean {
  if (card.hung || card.unplugged || card.running.has("tx") || card.posted.length > 0) return false;
  return ((card.written.get("CTRL") ?? 0) & CTRL_TX_EN) !== 0;
}
