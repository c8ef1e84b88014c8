import type { SkbLike } from "../../machine/events.ts";
import type { DmaMappingLike } from "../../machine/hardware-events.ts";
import { byModel } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";

export const dmaUnmapOrder: Rule = {
  id: "dma-unmap-order",
  family: "dma",
  title: "Packet let go while mapped",
  statement: "A packet is unmapped before it is freed or passed up.",
  severity: "error",
  condition:
    "the driver frees a packet or gives it to the stack while a live streaming mapping covers its data or a fragment",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "dev_kfree_skb(skb);\npci_unmap_single(pdev, p.map[i], skb.len, dir);",
  right: "pci_unmap_single(pdev, p.map[i], skb.len, dir);\ndev_kfree_skb(skb);",
  fix: "Unmap first.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const told = new WeakSet<object>();
    const letGo = (skb: SkbLike, what: string): void => {
      if (!byModel(ctx.machine)) return;
      const mapping = mapped(ctx, skb as Packet);
      if (mapping === null || told.has(mapping)) return;
      told.add(mapping);
      ctx.report({
        message: `${what} while ${mapping.size} bytes of it are mapped for ${mapping.card.name}`,
        about: [skb, mapping],
        also: ["dma-unmap"],
      });
    };
    return {
      "skb-freed": (event) => {
        if (!event.twice && event.users === 0) letGo(event.skb, `${event.fn}() frees a packet`);
      },
      "skb-to-stack": (event) => {
        if (event.fn !== "dev_queue_xmit") letGo(event.skb, `${event.fn}() gets a packet`);
      },
    };
  },
};

interface Packet extends SkbLike {
  readonly head: Uint8Array;
  readonly shinfo: {
    readonly nr_frags: number;
    readonly frags: readonly { readonly page: Uint8Array }[];
    readonly dataref: { readonly counter: number };
  };
}

function mapped(ctx: RuleContext, skb: Packet): DmaMappingLike | null {
  const record = ctx.state.skbs.of(skb);
  // another clone may be the one that is mapped
  if (skb.shinfo.dataref.counter > 1 && !record?.device) return null;
  const pages = skb.shinfo.frags.slice(0, skb.shinfo.nr_frags).map((frag) => frag.page.buffer);
  for (const card of ctx.state.cards.all) {
    for (const mapping of card.live) {
      if (mapping.kind === "coherent") continue;
      if (mapping.memory === skb.head.buffer || pages.includes(mapping.memory as ArrayBuffer)) return mapping;
    }
  }
  return null;
}
