import type { SkbLike } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

/** The fields of an sk_buff that tell whether its data is shared. */
interface Shared extends SkbLike {
  readonly head: Uint8Array;
  readonly data: Uint8Array;
  readonly shinfo: { readonly dataref: { readonly counter: number } };
}

interface Snapshot {
  readonly skb: Shared;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly since: {
    readonly place: ReturnType<Parameters<NonNullable<Rule["listen"]>>[0]["machine"]["here"]>;
    readonly cpu: number;
    readonly tick: number;
  };
}

export const skbSharedWrite: Rule = {
  id: "skb-shared-write",
  family: "skb",
  title: "Data written that others see",
  statement:
    "The data of a cloned packet belongs to all clones (a sniffer has one): copy it before writing (skb_cow, skb_copy, pskb_expand_head).",
  severity: "error",
  condition:
    "the model changes the data of a packet while another sk_buff shares it: in hard_start_xmit, or between its own skb_clone() and the free or hand-over of a clone",
  source: "net/core/skbuff.c: skb_clone(); include/linux/skbuff.h: skb_cloned()",
  kernelMessage: null,
  wrong: "function my_xmit(skb: sk_buff, dev: net_device) {\n  skb.data[0] = TAG;",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  if (skb_cow(skb, 0)) return drop(skb);\n  skb.data[0] = TAG;",
  fix: "Ask skb_cloned() and copy, or write a header of your own in front (skb_cow first).",
  detectedBy: ["run"],
  listen: (ctx) => {
    const watched = new Map<Uint8Array, Snapshot>();
    const watch = (skb: SkbLike, event: { cpu: number; point: number }): void => {
      const shared = skb as Shared;
      if (!isShared(shared)) return;
      const { head, data } = shared;
      watched.set(head, {
        skb: shared,
        bytes: data.slice(),
        from: data.byteOffset - head.byteOffset,
        since: { place: ctx.machine.here(), cpu: event.cpu, tick: event.point },
      });
    };
    const check = (skb: SkbLike): void => {
      const found = watched.get((skb as Shared).head);
      if (found === undefined || !byModel(ctx.machine)) return;
      const now = (skb as Shared).head.subarray(found.from, found.from + found.bytes.length);
      const at = found.bytes.findIndex((byte, i) => byte !== now[i]);
      if (at < 0) return;
      watched.delete((skb as Shared).head);
      ctx.report({
        message: `byte ${at} of the packet's data was changed while another sk_buff shares it`,
        about: [skb],
        related: [related("the data was shared", found.since)],
      });
    };
    return {
      "skb-allocated": (event) => watch(event.skb, event),
      "skb-to-driver": (event) => watch(event.skb, event),
      "skb-to-stack": (event) => check(event.skb),
      "skb-freed": (event) => {
        if (event.twice) return;
        check(event.skb);
        // one clone less
        if (((event.skb as Shared).shinfo?.dataref.counter ?? 0) <= 2)
          watched.delete((event.skb as Shared).head);
      },
      "callback-left": (event) => {
        if (event.slot !== "hard_start_xmit" || watched.size === 0) return;
        const skb = event.args[0] as Shared;
        const found = watched.get(skb.head);
        if (found === undefined) return;
        const now = skb.head.subarray(found.from, found.from + found.bytes.length);
        const at = found.bytes.findIndex((byte, i) => byte !== now[i]);
        if (at < 0) return;
        watched.delete(skb.head);
        ctx.report({
          message: `${event.name}() changes byte ${at} of the packet's data, which another sk_buff shares`,
          place: ctx.state.callbacks.place(event),
          about: [skb],
        });
      },
    };
  },
};

function isShared(skb: Shared): boolean {
  return (skb.shinfo?.dataref?.counter ?? 1) > 1;
}
