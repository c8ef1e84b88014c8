import { raceFinding } from "../race/finding.ts";
import type { Rule } from "../rule.ts";

export const lockDataRace: Rule = {
  id: "lock-data-race",
  family: "lock",
  title: "Data race",
  statement:
    "Data that several contexts share is protected by one lock that all of them take, or by another documented protocol: atomic operations, a single writer, barriers.",
  severity: "error",
  condition:
    "two contexts access one field, element or collection, one of them writes, and no lock, atomic operation, barrier, interrupt edge, completion, wake-up or queueing orders them; a word that only one context at a time writes may be read by others, and numbers may be overwritten",
  source: "Documentation/memory-barriers.txt; Documentation/spinlocks.txt",
  kernelMessage: "BUG: KCSAN: data-race in %s / %s (modern)",
  wrong:
    "function my_isr(irq: number, dev: net_device): number {\n  p.mask &= ~RX; // the poll function changes it, too\n  return IRQ_HANDLED;\n}",
  right:
    "function my_isr(irq: number, dev: net_device): number {\n  spin_lock(p.lock);\n  p.mask &= ~RX;\n  spin_unlock(p.lock);\n  return IRQ_HANDLED;\n}",
  fix: "Take the same lock round both accesses (spin_lock_irqsave where an interrupt handler is one of them), or use atomic or bit operations.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => ({
    "data-race": (event) => ctx.report(raceFinding(event)),
  }),
};
