import type { Rule } from "../rule.ts";

export const dmaDescOrder: Rule = {
  id: "dma-desc-order",
  family: "dma",
  title: "Descriptor given away before it is complete",
  statement:
    "Address and length are written, then wmb(), then the bit that gives the descriptor to the card; wmb() again before the doorbell.",
  severity: "error",
  condition: "with weak ordering: the card takes a descriptor that the CPU has not finished",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "desc.status = cpu_to_le32(OWN);\ndesc.addr = cpu_to_le32(map);",
  right: "desc.addr = cpu_to_le32(map);\nwmb();\ndesc.status = cpu_to_le32(OWN);",
  fix: "Write OWN last, behind a barrier.",
  detectedBy: ["explore"],
};
