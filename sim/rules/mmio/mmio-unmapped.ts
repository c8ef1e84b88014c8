import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const mmioUnmapped: Rule = {
  id: "mmio-unmapped",
  family: "mmio",
  title: "Nothing answers there",
  statement: "Registers are accessed only while they are mapped, the card is enabled and in D0.",
  severity: "error",
  condition:
    "a register access reaches no card: after iounmap, before pci_enable_device or after pci_disable_device, in D3, or at an address that was never mapped",
  source: "Documentation/DocBook/deviceiobook.tmpl",
  kernelMessage: "Unable to handle kernel paging request at virtual address %08lx",
  wrong: "iounmap(p.regs);\nioread32(p.regs + ISR);",
  right: "ioread32(p.regs + ISR);\niounmap(p.regs);",
  fix: "Silence everything that uses the registers first.",
  detectedBy: ["static", "run", "explore"],
  consequence: "object",
  listen: (ctx) => ({
    "mmio-unmapped": (event) => {
      if (event.reason === "unplugged" || !byModel(ctx.machine)) return;
      const address = `0x${event.address.toString(16)}`;
      ctx.report({
        message: `${event.write ? "a write to" : "a read from"} ${address} reaches nothing: ${WHY[event.reason]}`,
        about: event.card ? [event.card] : [],
      });
    },
  }),
};

const WHY = {
  nothing: "nothing was ever mapped there",
  unmapped: "it has been unmapped",
  disabled: "the card is not enabled",
  "powered-down": "the card is not in D0",
  unplugged: "the card is gone",
} as const;
