import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaCpuAccess: Rule = {
  id: "dma-cpu-access",
  family: "dma",
  title: "Buffer touched while the card owns it",
  statement:
    "Between map (or sync for the device) and unmap (or sync for the CPU) a buffer is the card's: the CPU does not read or write it.",
  severity: "error",
  condition:
    "the model reads or writes the data of a packet that a streaming mapping covers and the card owns: by memcpy, skb_copy_bits, eth_type_trans or skb functions that look at the data; single bytes are left to static analysis",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "p.map[i] = pci_map_single(pdev, skb.data, n, PCI_DMA_FROMDEVICE);\nconst len = skb.data[0];",
  right: "pci_unmap_single(pdev, p.map[i], n, PCI_DMA_FROMDEVICE);\nconst len = skb.data[0];",
  fix: "Unmap, or sync for the CPU, first.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "bytes-accessed": (event) => {
      if (!byModel(ctx.machine)) return;
      for (const card of ctx.state.cards.all) {
        for (const mapping of card.live) {
          if (mapping.kind === "coherent" || mapping.cpuOwns || mapping.memory !== event.bytes.buffer)
            continue;
          const from = event.bytes.byteOffset;
          if (from + event.size <= mapping.offset || from >= mapping.offset + mapping.size) continue;
          // the card only reads it, and so may the CPU
          if (mapping.direction === "to-device" && !event.write) continue;
          ctx.report({
            message: `${event.fn}() ${event.write ? "writes" : "reads"} a buffer that is mapped for ${card.card.name} and belongs to it`,
            about: [mapping],
          });
          return;
        }
      }
    },
  }),
};
