import type { Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaMapError: Rule = {
  id: "dma-map-error",
  family: "dma",
  title: "Failed mapping used",
  statement: "A mapping may fail: test the handle by pci_dma_mapping_error() before the card gets it.",
  severity: "warning",
  condition:
    "a mapping failed, and its handle is used: the card goes to it, or it is unmapped or synced, without the failure having been looked at",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver failed to check map error",
  wrong: "desc.addr = pci_map_single(pdev, skb.data, n, dir);",
  right:
    "const map = pci_map_single(pdev, skb.data, n, dir);\nif (pci_dma_mapping_error(map)) return drop(skb);\ndesc.addr = map;",
  fix: "Drop the packet if mapping fails.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const failed = new Map<number, { place: Place | null; cpu: number; tick: number }>();
    const used = (bus: number, how: string): void => {
      const since = failed.get(bus);
      if (since === undefined) return;
      failed.delete(bus);
      ctx.report({
        message: `the handle of a mapping that failed is ${how}`,
        place: since.place,
        related: [related("the mapping failed", since)],
        also: ["dma-double-unmap"],
        stack: [],
      });
    };
    return {
      "dma-map-failed": (event) =>
        void failed.set(event.bus, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point }),
      "dma-error-checked": (event) => {
        if (event.failed) failed.delete(event.bus);
      },
      "dma-access": (event) => {
        if (event.error !== "") used(event.bus, `used by ${event.card.name}`);
      },
      "dma-unmapped": (event) => used(event.bus, "unmapped"),
      "dma-synced": (event) => used(event.bus, "synced"),
    };
  },
};
