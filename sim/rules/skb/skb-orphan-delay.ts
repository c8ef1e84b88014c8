import type { DeviceLike, Place, SkbLike } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { carrierOff, type NetDevice, running, stopped } from "../txq/device.ts";

export const skbOrphanDelay: Rule = {
  id: "skb-orphan-delay",
  family: "skb",
  title: "Sent packet kept without end",
  statement:
    "The sender pays for a packet until it is freed: free it in bounded time, or skb_orphan() it where it goes into the ring.",
  severity: "warning",
  condition:
    "a packet of a socket has been in the ring for half a second while the queue runs, and no interrupt, timer, tasklet or work is pending that could free it",
  source: "Documentation/networking/driver.txt (3); net/core/sock.c: sock_wfree()",
  kernelMessage: null,
  wrong: "p.ring[i] = skb;\nif (++n % 16 === 0) ask_for_interrupt(p);",
  right: "skb_orphan(skb);\np.ring[i] = skb;\nif (++n % 16 === 0) ask_for_interrupt(p);",
  fix: "Ask for an interrupt for the last packet, reclaim from a timer, or orphan the packet.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const told = new Set<DeviceLike>();
    let looked = 0;
    return {
      "callback-entered": (event) => {
        if (event.timeNs - looked < LONG_NS / 10) return;
        looked = event.timeNs;
        for (const device of ctx.state.resources.devices.keys()) {
          if (told.has(device) || !(running(device) || device === event.owner)) continue;
          if (stopped(device) || carrierOff(device)) continue;
          const old = ctx.state.skbs
            .outstanding(device)
            .find(
              ({ skb, slot, shared, takenNs }) =>
                slot !== null && !shared && event.timeNs - takenNs >= LONG_NS && paidFor(skb),
            );
          if (old === undefined || ctx.state.pending.any()) continue;
          told.add(device);
          ctx.report({
            message: `a packet that ${device.name} took ${Math.round((event.timeNs - old.takenNs) / 1e6)} ms ago is still charged to its socket, and nothing will free it`,
            place: xmitOf(ctx, device),
            about: [old.skb],
            related: old.taken ? [related("the driver took it", old.taken)] : [],
            stack: [],
          });
        }
      },
      "netdev-released": (event) => void told.delete(event.device),
    };
  },
};

const LONG_NS = 0.5e9;

function xmitOf(ctx: RuleContext, device: DeviceLike): Place | null {
  const { hard_start_xmit } = device as NetDevice;
  return hard_start_xmit ? ctx.state.callbacks.place(hard_start_xmit) : null;
}

function paidFor(skb: SkbLike): boolean {
  return ((skb as { readonly destructor?: unknown }).destructor ?? null) !== null;
}
