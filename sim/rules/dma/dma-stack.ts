import type { Rule } from "../rule.ts";

export const dmaStack: Rule = {
  id: "dma-stack",
  family: "dma",
  title: "Memory that no card can reach",
  statement:
    "Only memory from kmalloc, pages and socket buffers is mapped: no local buffers, nothing from vmalloc.",
  severity: "error",
  condition: "a local or module-level array, or memory of vmalloc, is passed to a mapping function",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver maps memory from stack",
  wrong: "const buffer = new Uint8Array(64);\npci_map_single(pdev, buffer, 64, dir);",
  right: "const buffer = kmalloc(64, GFP_KERNEL)!;\npci_map_single(pdev, buffer, 64, dir);",
  fix: "Allocate it with kmalloc().",
  detectedBy: ["static"],
};
