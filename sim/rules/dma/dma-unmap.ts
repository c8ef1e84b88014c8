import type { Place } from "../../machine/events.ts";
import type { DmaMappingLike } from "../../machine/hardware-events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { CardState } from "../state/cards.ts";

export const dmaUnmap: Rule = {
  id: "dma-unmap",
  family: "dma",
  title: "Mapping never undone",
  statement:
    "Each mapping is undone once: before its memory is freed, and before the driver lets the card go.",
  severity: "warning",
  condition: "the driver lets go of the card, or the module is gone, while a mapping is alive",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver has pending DMA allocations while released from device",
  wrong: "dev_kfree_skb(skb); // p.map[i] is forgotten",
  right: "pci_unmap_single(p.pdev, p.map[i], len, PCI_DMA_TODEVICE);\ndev_kfree_skb(skb);",
  fix: "Unmap in stop and in remove what is left in the rings.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const places = new WeakMap<DmaMappingLike, { place: Place | null; cpu: number; tick: number }>();
    const judge = (card: CardState): void => {
      for (const mapping of card.live) {
        const since = places.get(mapping);
        card.live.delete(mapping);
        ctx.report({
          message: `${mapping.kind === "coherent" ? "coherent memory" : "a mapping"} of ${mapping.size} bytes is alive when the driver lets ${card.card.name} go`,
          place: since?.place ?? null,
          about: [mapping],
          related: since ? [related("it was mapped", since)] : [],
          stack: [],
        });
      }
    };
    return {
      "dma-mapped": (event) =>
        void places.set(event.mapping, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point }),
      "pci-unbound": (event) => judge(ctx.state.cards.of(event.card)),
      "module-unloaded": (event) => {
        if (event.result === 0) for (const card of ctx.state.cards.all) judge(card);
      },
    };
  },
};
