import type { DeviceLike, SkbLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { overread } from "./overread.ts";

interface Fragmented extends SkbLike {
  readonly data_len: number;
  readonly shinfo: { looked_at: boolean };
}

export const skbNonlinear: Rule = {
  id: "skb-nonlinear",
  family: "skb",
  title: "Fragments ignored",
  statement:
    "A driver with NETIF_F_SG gets packets whose payload lies in page fragments: skb.data holds skb_headlen() bytes only.",
  severity: "error",
  condition:
    "a driver with NETIF_F_SG accepts packets with fragments and has not asked for the fragments of a single one when its last is freed; or it copies more than skb_headlen() bytes from skb.data of such a packet",
  source: "include/linux/skbuff.h: skb_headlen(), skb_shinfo(); Documentation/networking/driver.txt",
  kernelMessage: null,
  wrong: "dev.features |= NETIF_F_SG | NETIF_F_IP_CSUM;\n…\nmemcpy(p.buffer, skb.data, skb.len);",
  right: "skb_copy_bits(skb, 0, p.buffer, skb.len);",
  fix: "Send skb.data for skb_headlen() bytes and then skb_shinfo(skb).frags, or do without NETIF_F_SG.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const story = new Map<DeviceLike, { ignored: SkbLike | null; looked: boolean }>();
    return {
      "skb-to-driver": (event) => {
        const skb = event.skb as Fragmented;
        if (skb.data_len > 0) skb.shinfo.looked_at = false;
      },
      "skb-freed": (event) => {
        const skb = event.skb as Fragmented;
        const record = ctx.state.skbs.of(skb);
        if (event.twice || !record?.device || !record.freed?.byModel || skb.data_len === 0) return;
        const known = story.get(record.device) ?? { ignored: null, looked: false };
        story.set(record.device, known);
        if (skb.shinfo.looked_at) known.looked = true;
        else known.ignored ??= skb;
      },
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        const device = event.owner as DeviceLike & { hard_start_xmit?: { readonly name: string } | null };
        const known = story.get(device);
        story.delete(device);
        if (!known?.ignored || known.looked) return;
        ctx.report({
          message: `${device.name} has NETIF_F_SG, but hard_start_xmit never looked at the fragments of the packets that it accepted`,
          place: device.hard_start_xmit ? ctx.state.callbacks.place(device.hard_start_xmit) : null,
          about: [device],
        });
      },
      "bytes-overread": (event) => {
        const skb = overread(ctx, event) as Fragmented | null;
        if (skb === null || skb.data_len === 0) return;
        ctx.report({
          message: `${event.fn}() copies ${event.size} bytes from skb.data, which holds ${skb.len - skb.data_len}: the rest lies in fragments`,
          about: [skb],
        });
      },
    };
  },
};
