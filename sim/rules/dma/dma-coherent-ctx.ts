import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const dmaCoherentCtx: Rule = {
  id: "dma-coherent-ctx",
  family: "dma",
  title: "Coherent memory freed in the wrong context",
  statement: "pci_free_consistent() is not called with interrupts off or in an interrupt.",
  severity: "warning",
  condition: "pci_free_consistent() or dma_free_coherent() in interrupt context or with interrupts off",
  source: "Documentation/DMA-mapping.txt",
  kernelMessage: "WARN_ON(irqs_disabled()) (later kernels)",
  wrong: "spin_lock_irq(p.lock);\npci_free_consistent(pdev, p.ring, p.dma);\nspin_unlock_irq(p.lock);",
  right: "spin_unlock_irq(p.lock);\npci_free_consistent(pdev, p.ring, p.dma);",
  fix: "Free after the unlock.",
  detectedBy: ["run"],
  specialises: ["ctx-consistent-free"],
  listen: (ctx) => ({
    "context-restricted": (event) => {
      if (!/_free_(consistent|coherent)$/.test(event.fn) || !byModel(ctx.machine)) return;
      if (!event.inInterrupt && !event.irqsDisabled) return;
      ctx.report({
        message: `${event.fn}() is called ${event.irqsDisabled ? "with interrupts off" : "in interrupt context"}`,
      });
    },
  }),
};
