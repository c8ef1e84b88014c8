/** Interrupts by message (drivers/pci/msi.c). */
import { card_like, config_read, config_write, msi_granted } from "hardware";
import { emit, point } from "machine";
import { irq_to_desc } from "../../kernel/irq/desc.ts";
import { KERN_WARNING, printk } from "../../kernel/printk.ts";
import { __might_sleep } from "../../kernel/sched.ts";
import { EINVAL } from "../../lib/errno.ts";
import { pci_find_capability } from "./access.ts";
import { need_pdev, type pci_dev, pci_name } from "./pci_dev.ts";
import * as regs from "./pci_regs.ts";

/** Vectors of messages lie above the lines; each card has one. */
const FIRST_MSI_IRQ = 169;
const MSI_ADDRESS = 0xfee00000;

/**
 * From here on the device interrupts by messages: `pdev.irq` is a number of its own, an edge. Before request_irq. Process
 * context. @returns 0, or a negative errno: then the line is used as before. Linux drivers/pci/msi.c: pci_enable_msi.
 */
export function pci_enable_msi(pdev: pci_dev): number {
  need_pdev("pci_enable_msi", pdev);
  __might_sleep("pci_enable_msi");
  point();
  const cap = pci_find_capability(pdev, regs.PCI_CAP_ID_MSI);
  if (!msi_granted() || cap === 0) return tell(pdev, -EINVAL);
  if (pdev.msi_enabled) return tell(pdev, 0);
  const irq = FIRST_MSI_IRQ + 8 * pdev.card;
  const desc = irq_to_desc(irq);
  if (desc === null) return tell(pdev, -EINVAL);
  desc.exists = true;
  desc.level = false;
  config_write(pdev.card, cap + regs.PCI_MSI_ADDRESS_LO, 4, MSI_ADDRESS);
  config_write(pdev.card, cap + regs.PCI_MSI_DATA_32, 2, irq);
  config_write(pdev.card, cap + regs.PCI_MSI_FLAGS, 2, regs.PCI_MSI_FLAGS_ENABLE);
  pdev.msi_enabled = 1;
  pdev.irq = irq;
  return tell(pdev, 0);
}

function tell(pdev: pci_dev, result: number): number {
  const enabled = pdev.msi_enabled === 1;
  emit({ type: "pci-msi", card: card_like(pdev.card), enabled, irq: pdev.irq, result });
  return result;
}

/** Back to the line. After free_irq. Process context. Linux drivers/pci/msi.c: pci_disable_msi. */
export function pci_disable_msi(pdev: pci_dev): void {
  need_pdev("pci_disable_msi", pdev);
  point();
  if (!pdev.msi_enabled) return;
  const desc = irq_to_desc(pdev.irq);
  if (desc !== null && desc.action !== null)
    printk(
      `${KERN_WARNING}PCI: %s: pci_disable_msi() called without free_irq() on MSI irq %d\n`,
      pci_name(pdev),
      pdev.irq,
    );
  const cap = pci_find_capability(pdev, regs.PCI_CAP_ID_MSI);
  const flags = config_read(pdev.card, cap + regs.PCI_MSI_FLAGS, 2);
  config_write(pdev.card, cap + regs.PCI_MSI_FLAGS, 2, flags & ~regs.PCI_MSI_FLAGS_ENABLE);
  pdev.msi_enabled = 0;
  pdev.irq = pdev.line;
  tell(pdev, 0);
}
