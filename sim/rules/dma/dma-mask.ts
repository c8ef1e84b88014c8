import type { Rule } from "../rule.ts";

export const dmaMask: Rule = {
  id: "dma-mask",
  family: "dma",
  title: "High memory without a mask",
  statement: "NETIF_F_HIGHDMA is for cards whose driver has asked for a mask of more than 32 bits.",
  severity: "advice",
  condition: "NETIF_F_HIGHDMA is set in a driver that never calls pci_set_dma_mask()",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "dev.features |= NETIF_F_HIGHDMA;",
  right: "if (!pci_set_dma_mask(pdev, DMA_64BIT_MASK)) dev.features |= NETIF_F_HIGHDMA;",
  fix: "Ask for the mask first.",
  detectedBy: ["static"],
};
