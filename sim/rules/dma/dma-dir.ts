import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaDir: Rule = {
  id: "dma-dir",
  family: "dma",
  title: "Another direction",
  statement: "Sync and unmap name the direction of the mapping, and the card moves data that way only.",
  severity: "warning",
  condition:
    "an unmap or sync function gets another direction than the mapping has; or the card writes to memory mapped to the device, or reads from memory mapped from it",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver frees DMA memory with different direction",
  wrong:
    "const map = pci_map_single(pdev, p, n, PCI_DMA_FROMDEVICE);\npci_unmap_single(pdev, map, n, PCI_DMA_TODEVICE);",
  right:
    "const map = pci_map_single(pdev, p, n, PCI_DMA_FROMDEVICE);\npci_unmap_single(pdev, map, n, PCI_DMA_FROMDEVICE);",
  fix: "Use one constant for both.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "dma-unmapped": (event) => {
      const { mapping } = event;
      if (mapping === null || mapping.kind === "coherent" || mapping.direction === event.direction) return;
      if (!byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() as ${event.direction} undoes a mapping that is ${mapping.direction}`,
        about: [mapping],
      });
    },
    "dma-synced": (event) => {
      const { mapping } = event;
      if (mapping === null || mapping.direction === event.direction || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() as ${event.direction} on a mapping that is ${mapping.direction}`,
        about: [mapping],
      });
    },
    "dma-access": (event) => {
      if (event.error !== "direction" || event.mapping === null) return;
      ctx.report({
        message: `${event.card.name} ${event.write ? "writes to" : "reads from"} memory that was mapped ${event.mapping.direction} (${event.what})`,
        place: null,
        about: [event.mapping],
        stack: [],
      });
    },
  }),
};
