import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaDescRead: Rule = {
  id: "dma-desc-read",
  family: "dma",
  title: "Descriptor read before its owner is known",
  statement: "The ownership bit is read first, then rmb(), then the other fields.",
  severity: "warning",
  condition:
    "with weak ordering: the card writes a descriptor back, and the CPU loads its status and another field that the card has written without a barrier in between, in either order",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "const len = le16_to_cpu(desc.len);\nif (le32_to_cpu(desc.status) & OWN) return;",
  right: "if (le32_to_cpu(desc.status) & OWN) return;\nrmb();\nconst len = le16_to_cpu(desc.len);",
  fix: "Put rmb() behind the test.",
  detectedBy: ["explore"],
  listen: (ctx) => ({
    "dma-unordered": ({ how, card, what, access, after }) => {
      if (how !== "load") return;
      ctx.report({
        message: `a field of a descriptor may be loaded before its status: it is what was there before ${card.name} wrote it (${what})`,
        place: access.place,
        about: [card],
        related: [related("its status is loaded here, and no rmb() stands between the two", after)],
        stack: [],
      });
    },
  }),
};
