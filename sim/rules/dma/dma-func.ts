import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaFunc: Rule = {
  id: "dma-func",
  family: "dma",
  title: "Wrong unmap function",
  statement:
    "What pci_map_single made is undone by pci_unmap_single, pages by pci_unmap_page, coherent memory by pci_free_consistent.",
  severity: "warning",
  condition: "the unmap function belongs to another kind of mapping",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver frees DMA memory with wrong function",
  wrong: "const map = pci_map_page(pdev, page, 0, n, dir);\npci_unmap_single(pdev, map, n, dir);",
  right: "const map = pci_map_page(pdev, page, 0, n, dir);\npci_unmap_page(pdev, map, n, dir);",
  fix: "Remember which descriptor holds a fragment.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "dma-unmapped": (event) => {
      const { mapping } = event;
      if (mapping === null || mapping.kind === event.kind || !byModel(ctx.machine)) return;
      ctx.report({
        message: `${event.fn}() undoes a mapping of the kind ${mapping.kind}`,
        about: [mapping],
      });
    },
  }),
};
