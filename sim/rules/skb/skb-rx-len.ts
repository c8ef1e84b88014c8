import type { SkbLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const skbRxLen: Rule = {
  id: "skb-rx-len",
  family: "skb",
  title: "Length from the card not checked",
  statement: "The length that the card reports is compared with the buffer before skb_put().",
  severity: "error",
  condition:
    "skb_put() leaves the buffer of a packet that the card has filled, or of a copy that was to take a frame of that length",
  source: "net/core/skbuff.c: skb_over_panic()",
  kernelMessage: "skb_over_panic: text:%p len:%d put:%d",
  wrong: "skb_put(skb, le32_to_cpu(desc.reserved) & 0xffff);",
  right:
    "const len = le32_to_cpu(desc.reserved) & 0xffff;\nif (len > p.buffer_size) return drop(p, i);\nskb_put(skb, len);",
  fix: "Check it, and count an error.",
  detectedBy: ["run"],
  specialises: ["skb-over"],
  listen: (ctx) => {
    const filled = new WeakSet<ArrayBufferLike>();
    /** Sizes of the frames that the card has written last. */
    const sizes: number[] = [];
    return {
      "dma-access": (event) => {
        if (!event.write || event.mapping === null || event.mapping.kind === "coherent") return;
        filled.add(event.mapping.memory);
        sizes.push(event.size);
        if (sizes.length > RECENT) sizes.shift();
      },
      "skb-misused": (event) => {
        const { head } = event.skb as SkbLike & { readonly head: Uint8Array };
        if (event.how !== "over" || !byModel(ctx.machine)) return;
        if (!filled.has(head.buffer) && !sizes.includes(event.size)) return;
        ctx.report({
          message: `${event.fn}() of ${event.size} bytes, as the card says, leaves the buffer`,
          about: [event.skb],
        });
      },
    };
  },
};

const RECENT = 64;
