import type { Place } from "../../machine/events.ts";
import type { DmaMappingLike } from "../../machine/hardware-events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaSyncBack: Rule = {
  id: "dma-sync-back",
  family: "dma",
  title: "Buffer given back without sync",
  statement:
    "What dma_sync_for_cpu gave to the CPU goes back to the card by dma_sync_for_device before the card uses it again.",
  severity: "warning",
  condition:
    "the card reads or writes a streaming mapping that a sync for the CPU took and no sync for the device gave back",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: null,
  wrong: "pci_dma_sync_single_for_cpu(pdev, map, n, dir);\nrearm(desc);",
  right:
    "pci_dma_sync_single_for_cpu(pdev, map, n, dir);\n…\npci_dma_sync_single_for_device(pdev, map, n, dir);\nrearm(desc);",
  fix: "Sync for the device where the descriptor is given back.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const taken = new WeakMap<DmaMappingLike, { place: Place | null; cpu: number; tick: number }>();
    return {
      "dma-synced": (event) => {
        if (event.mapping !== null && event.owner === "cpu")
          taken.set(event.mapping, { place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
      },
      "dma-access": (event) => {
        const { mapping } = event;
        if (mapping === null || mapping.kind === "coherent" || !mapping.cpuOwns || event.error !== "") return;
        const since = taken.get(mapping);
        if (since === undefined) return;
        taken.delete(mapping);
        ctx.report({
          message: `${event.card.name} uses a buffer that was synced for the CPU and not given back (${event.what})`,
          place: since.place,
          about: [mapping],
          related: [related("it was synced for the CPU", since)],
          also: ["dma-dir"],
          stack: [],
        });
      },
    };
  },
};
