/** Switching devices on and off, their regions, bus mastering (drivers/pci/pci.c). */
import { card_gone, card_like, config_read, config_write } from "hardware";
import { emit, point } from "machine";
import { should_fail } from "../../kernel/fault.ts";
import { check_arg } from "../../kernel/misuse.ts";
import { KERN_WARNING, printk } from "../../kernel/printk.ts";
import {
  IORESOURCE_IO,
  IORESOURCE_MEM,
  release_mem_region,
  release_region,
  request_mem_region,
  request_region,
} from "../../kernel/resource.ts";
import { __might_sleep } from "../../kernel/sched.ts";
import { EBUSY, EIO, ENODEV } from "../../lib/errno.ts";
import {
  need_pdev,
  type pci_dev,
  pci_name,
  pci_resource_flags,
  pci_resource_len,
  pci_resource_start,
} from "./pci_dev.ts";
import * as regs from "./pci_regs.ts";
import { pci_set_power_state } from "./power.ts";

function change_command(pdev: pci_dev, set: number, clear: number): void {
  const command = config_read(pdev.card, regs.PCI_COMMAND, 2);
  config_write(pdev.card, regs.PCI_COMMAND, 2, (command | set) & ~clear);
}

/**
 * Wakes a device up and lets it answer at its BARs. Process context, may sleep.
 * @returns 0 or a negative errno. Linux drivers/pci/pci.c: pci_enable_device.
 */
export function pci_enable_device(pdev: pci_dev): number {
  need_pdev("pci_enable_device", pdev);
  __might_sleep("pci_enable_device");
  point();
  let result = 0;
  if (should_fail("pci-enable")) result = -EIO;
  else if (card_gone(pdev.card)) result = -ENODEV;
  else {
    pci_set_power_state(pdev, regs.PCI_D0);
    let decode = 0;
    for (const r of pdev.resource) {
      if (r.flags & IORESOURCE_IO) decode |= regs.PCI_COMMAND_IO;
      if (r.flags & IORESOURCE_MEM) decode |= regs.PCI_COMMAND_MEMORY;
    }
    change_command(pdev, decode, 0);
    pdev.is_enabled = 1;
  }
  emit({ type: "pci-enabled", card: card_like(pdev.card), result });
  return result;
}

/**
 * Switches a device off: it masters the bus no more and answers at no address. After its regions have been released.
 * Linux drivers/pci/pci.c: pci_disable_device.
 */
export function pci_disable_device(pdev: pci_dev): void {
  need_pdev("pci_disable_device", pdev);
  point();
  const decode = regs.PCI_COMMAND_IO | regs.PCI_COMMAND_MEMORY;
  change_command(pdev, 0, regs.PCI_COMMAND_MASTER | decode);
  pdev.is_enabled = 0;
  pdev.is_busmaster = 0;
  emit({ type: "pci-disabled", card: card_like(pdev.card), result: 0 });
}

/** Lets a device reach memory by itself. Linux drivers/pci/pci.c: pci_set_master. */
export function pci_set_master(pdev: pci_dev): void {
  need_pdev("pci_set_master", pdev);
  point();
  change_command(pdev, regs.PCI_COMMAND_MASTER, 0);
  pdev.is_busmaster = 1;
  emit({ type: "pci-master", card: card_like(pdev.card), result: 0 });
}

/** Allows memory-write-and-invalidate. @returns 0 Linux drivers/pci/pci.c: pci_set_mwi. */
export function pci_set_mwi(pdev: pci_dev): number {
  need_pdev("pci_set_mwi", pdev);
  point();
  if (config_read(pdev.card, regs.PCI_CACHE_LINE_SIZE, 1) === 0)
    config_write(pdev.card, regs.PCI_CACHE_LINE_SIZE, 1, 8);
  change_command(pdev, regs.PCI_COMMAND_INVALIDATE, 0);
  return 0;
}
/** Ends pci_set_mwi. Linux drivers/pci/pci.c: pci_clear_mwi. */
export function pci_clear_mwi(pdev: pci_dev): void {
  need_pdev("pci_clear_mwi", pdev);
  point();
  change_command(pdev, 0, regs.PCI_COMMAND_INVALIDATE);
}

/** Lets a device pull its interrupt line, or forbids it. Linux drivers/pci/pci.c: pci_intx. */
export function pci_intx(pdev: pci_dev, enable: number | boolean): void {
  need_pdev("pci_intx", pdev);
  point();
  change_command(
    pdev,
    enable ? 0 : regs.PCI_COMMAND_INTX_DISABLE,
    enable ? regs.PCI_COMMAND_INTX_DISABLE : 0,
  );
}

/** Claims one BAR. Process context. @returns 0 or -EBUSY. Linux drivers/pci/pci.c: pci_request_region. */
export function pci_request_region(pdev: pci_dev, bar: number, res_name: string): number {
  need_pdev("pci_request_region", pdev);
  check_arg("pci_request_region", "res_name", res_name, "string");
  const flags = pci_resource_flags(pdev, bar);
  const start = pci_resource_start(pdev, bar);
  const len = pci_resource_len(pdev, bar);
  if (len === 0) return 0;
  const got = (flags & IORESOURCE_IO ? request_region : request_mem_region)(start, len, res_name);
  const result = got === null ? -EBUSY : 0;
  emit({ type: "pci-regions-requested", card: card_like(pdev.card), bar, result });
  if (result !== 0) {
    const kind = flags & IORESOURCE_IO ? "I/O" : "mem";
    printk(
      `${KERN_WARNING}PCI: Unable to reserve ${kind} region #${bar + 1}:%x@%x for device %s\n`,
      len,
      start,
      pci_name(pdev),
    );
  }
  return result;
}

/** Gives one BAR back. Linux drivers/pci/pci.c: pci_release_region. */
export function pci_release_region(pdev: pci_dev, bar: number): void {
  need_pdev("pci_release_region", pdev);
  const len = pci_resource_len(pdev, bar);
  if (len === 0) return;
  const release = pci_resource_flags(pdev, bar) & IORESOURCE_IO ? release_region : release_mem_region;
  release(pci_resource_start(pdev, bar), len);
  emit({ type: "pci-regions-released", card: card_like(pdev.card), bar, result: 0 });
}

/** Claims all BARs, or none. Process context. @returns 0 or -EBUSY. Linux drivers/pci/pci.c: pci_request_regions. */
export function pci_request_regions(pdev: pci_dev, res_name: string): number {
  need_pdev("pci_request_regions", pdev);
  for (let i = 0; i < pdev.resource.length; i++) {
    if (pci_request_region(pdev, i, res_name) === 0) continue;
    while (--i >= 0) pci_release_region(pdev, i);
    return -EBUSY;
  }
  return 0;
}

/** Gives all BARs back. Linux drivers/pci/pci.c: pci_release_regions. */
export function pci_release_regions(pdev: pci_dev): void {
  need_pdev("pci_release_regions", pdev);
  for (let i = 0; i < pdev.resource.length; i++) pci_release_region(pdev, i);
}

/** What the driver has noted at a device. Any context. Linux include/linux/pci.h: pci_get_drvdata. */
export function pci_get_drvdata<T>(pdev: pci_dev): T {
  need_pdev("pci_get_drvdata", pdev);
  return pdev.dev.driver_data as T;
}

/** Notes the driver's own data at a device. Any context. Linux include/linux/pci.h: pci_set_drvdata. */
export function pci_set_drvdata(pdev: pci_dev, data: unknown): void {
  need_pdev("pci_set_drvdata", pdev);
  pdev.dev.driver_data = data;
  emit({ type: "pci-drvdata", card: card_like(pdev.card), data });
}
