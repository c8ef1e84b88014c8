import type { DeviceLike, Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { inDevice, origin, whenGone } from "./skb-leak-rx.ts";

export const skbLeakClose: Rule = {
  id: "skb-leak-close",
  family: "skb",
  title: "stop leaves buffers in the ring",
  statement: "stop frees all buffers of the receive and transmit rings: every slot.",
  severity: "warning",
  condition:
    "a transmitted buffer hangs in the private area when stop returns and nothing is pending that could free it; or a receive buffer that hung there when stop returned is never freed",
  source: "Documentation/networking/driver.txt (3); Documentation/networking/netdevices.txt, dev->stop",
  kernelMessage: null,
  wrong: "for (let i = 0; i < N - 1; i++) dev_kfree_skb(p.tx[i]);",
  right: "for (let i = 0; i < N; i++) dev_kfree_skb(p.tx[i]);",
  fix: "Walk the whole ring, whatever the indices say.",
  detectedBy: ["run"],
  specialises: ["skb-leak-tx"],
  listen: (ctx) => ({
    ...whenGone(
      ctx,
      (record) => record.atStop !== null,
      (lost) => {
        for (const record of lost) {
          ctx.state.skbs.forget(record);
          ctx.report({
            message: `a receive buffer stayed in the ring when stop of ${record.atStop!.name} returned, and nobody freed it`,
            place: stopOf(ctx, record.atStop!),
            about: [record.skb],
            related: origin(record),
            stack: [],
          });
        }
      },
    ),
    "callback-left": (event) => {
      if (event.slot !== "stop" || event.owner === null) return;
      const device = event.owner as DeviceLike;
      for (const record of ctx.state.skbs.own) {
        if (record.atStop === null && inDevice(device, record)) record.atStop = device;
      }
      if (ctx.state.pending.any()) return;
      const left = ctx.state.skbs.outstanding(device).filter((record) => inDevice(device, record));
      for (const record of left) ctx.state.skbs.forget(record);
      if (left.length === 0) return;
      ctx.report({
        message: `stop of ${device.name} returns and leaves ${left.length} transmitted ${left.length === 1 ? "buffer" : "buffers"} in the ring`,
        place: ctx.state.callbacks.place(event),
        about: [device, ...left.map((record) => record.skb)],
        related: left
          .flatMap((record) => (record.taken ? [related("one was taken", record.taken)] : []))
          .slice(0, 3),
      });
    },
  }),
};

function stopOf(ctx: RuleContext, device: DeviceLike): Place | null {
  const { stop } = device as DeviceLike & { stop?: { readonly name: string } | null };
  return stop ? ctx.state.callbacks.place(stop) : null;
}
