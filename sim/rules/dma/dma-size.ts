import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaSize: Rule = {
  id: "dma-size",
  family: "dma",
  title: "Unmapped with another size",
  statement: "A mapping is undone with the size that it was made with; the card stays inside it.",
  severity: "warning",
  condition:
    "an unmap function gets another size than the mapping has; or the card goes past the end of a mapping",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver frees DMA memory with different size",
  wrong: "const map = pci_map_single(pdev, skb.data, len + 2, dir);\npci_unmap_single(pdev, map, len, dir);",
  right: "const map = pci_map_single(pdev, skb.data, len, dir);\npci_unmap_single(pdev, map, len, dir);",
  fix: "Keep the size beside the handle.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "dma-unmapped": (event) => {
      const { mapping } = event;
      if (
        mapping === null ||
        mapping.kind === "coherent" ||
        mapping.size === event.size ||
        !byModel(ctx.machine)
      )
        return;
      ctx.report({
        message: `${event.fn}() with ${event.size} bytes undoes a mapping of ${mapping.size}`,
        about: [mapping],
      });
    },
    "dma-access": (event) => {
      if (event.error !== "beyond" || event.mapping === null) return;
      ctx.report({
        message: `${event.card.name} reaches ${event.bus + event.size - event.mapping.bus - event.mapping.size} bytes past the end of a mapping of ${event.mapping.size} (${event.what})`,
        place: null,
        about: [event.mapping],
        stack: [],
      });
    },
  }),
};
