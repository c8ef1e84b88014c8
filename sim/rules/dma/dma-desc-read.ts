import type { Rule } from "../rule.ts";

export const dmaDescRead: Rule = {
  id: "dma-desc-read",
  family: "dma",
  title: "Descriptor read before its owner is known",
  statement: "The ownership bit is read first, then rmb(), then the other fields.",
  severity: "warning",
  condition:
    "with weak ordering: fields of a descriptor are loaded before the bit that says that the card has finished it",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "const len = le16_to_cpu(desc.len);\nif (le32_to_cpu(desc.status) & OWN) return;",
  right: "if (le32_to_cpu(desc.status) & OWN) return;\nrmb();\nconst len = le16_to_cpu(desc.len);",
  fix: "Put rmb() behind the test.",
  detectedBy: ["explore"],
};
