import type { Rule } from "../rule.ts";

export const mmioMmiowb: Rule = {
  id: "mmio-mmiowb",
  family: "mmio",
  title: "Doorbells of two CPUs out of order",
  statement: "mmiowb() before the unlock keeps register writes of two CPUs in the order of the lock.",
  severity: "warning",
  condition:
    "with weak ordering: writes to one register by two CPUs, made under one lock, reach the card in the other order",
  source: "Documentation/DocBook/deviceiobook.tmpl (mmiowb)",
  kernelMessage: null,
  wrong: "iowrite32(p.tail, p.regs + TX_TAIL);\nspin_unlock_irqrestore(p.lock, flags);",
  right: "iowrite32(p.tail, p.regs + TX_TAIL);\nmmiowb();\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Call mmiowb() before the unlock.",
  detectedBy: ["static", "explore"],
};
