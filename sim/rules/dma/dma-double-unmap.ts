import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaDoubleUnmap: Rule = {
  id: "dma-double-unmap",
  family: "dma",
  title: "Unmapped twice",
  statement: "A mapping is undone once; the handle is cleared where that is done.",
  severity: "error",
  condition: "an unmap function is called with a handle at which no live mapping begins",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "DMA-API: device driver tries to free DMA memory it has not allocated",
  wrong: "pci_unmap_single(pdev, p.map, len, dir);\n…\npci_unmap_single(pdev, p.map, len, dir);",
  right: "pci_unmap_single(pdev, p.map, len, dir);\np.map = 0;",
  fix: "Clear the handle, and test it.",
  detectedBy: ["static", "run", "explore"],
  consequence: "object",
  listen: (ctx) => ({
    "dma-unmapped": (event) => {
      if (event.mapping !== null || !byModel(ctx.machine)) return;
      const dead = event.last !== null && event.last.bus === event.bus;
      ctx.report({
        message: `${event.fn}() undoes ${dead ? "a mapping that was undone before" : `0x${event.bus.toString(16)}, which is no mapping`}`,
        about: event.last ? [event.last] : [],
      });
    },
  }),
};
