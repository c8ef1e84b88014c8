import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaDescOrder: Rule = {
  id: "dma-desc-order",
  family: "dma",
  title: "Descriptor given away before it is complete",
  statement:
    "Address and length are written, then wmb(), then the bit that gives the descriptor to the card; wmb() again before the doorbell.",
  severity: "error",
  condition:
    "with weak ordering: the card reads a descriptor, and no barrier stands between the stores to it and the register write by which the card was told of it",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "desc.status = cpu_to_le32(OWN);\ndesc.addr = cpu_to_le32(map);",
  right: "desc.addr = cpu_to_le32(map);\nwmb();\ndesc.status = cpu_to_le32(OWN);",
  fix: "Write OWN last, behind a barrier.",
  detectedBy: ["explore"],
  listen: (ctx) => ({
    "dma-unordered": ({ how, card, what, access, after }) => {
      if (how !== "store") return;
      ctx.report({
        message: `${card.name} reads ${what} before a store to it is certain to be seen: no barrier stands between the store and the write to ${after.register || "a register"} at ${at(after.place)}`,
        place: access.place,
        about: [card],
        also: what.startsWith("tx") ? ["mem-order-tx"] : [],
        related: [related("the card was told here", after)],
        stack: [],
      });
    },
  }),
};
