import type { SkbLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { overread } from "./overread.ts";

interface Buffer extends SkbLike {
  readonly data_len: number;
  readonly data: Uint8Array;
}

export const skbPad: Rule = {
  id: "skb-pad",
  family: "skb",
  title: "Old memory sent as padding",
  statement:
    "A frame shorter than ETH_ZLEN is padded with zeros, by skb_padto() or in a buffer of one's own: behind the data lies other people's memory.",
  severity: "warning",
  condition:
    "the driver copies or maps more than skb.len bytes of a packet, and the bytes behind are not zero",
  source: "net/core/skbuff.c: skb_pad()",
  kernelMessage: null,
  wrong: "memcpy(p.buffer, skb.data, ETH_ZLEN);",
  right: "memset(p.buffer, 0, ETH_ZLEN);\nmemcpy(p.buffer, skb.data, skb.len);",
  fix: "Pad with skb_padto(skb, ETH_ZLEN), and free nothing if it returns null.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "bytes-overread": (event) => {
      const skb = overread(ctx, event) as Buffer | null;
      if (skb === null || skb.data_len > 0 || event.bytes.byteOffset !== skb.data.byteOffset) return;
      const behind = new Uint8Array(event.bytes.buffer, event.bytes.byteOffset, event.size).subarray(skb.len);
      if (behind.every((byte) => byte === 0)) return;
      ctx.report({
        message: `${event.fn}() sends ${event.size} bytes of a packet of ${skb.len}: what lies behind it goes out as padding`,
        about: [skb],
      });
    },
  }),
};
