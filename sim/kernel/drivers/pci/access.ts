/** Reading and writing configuration space (drivers/pci/access.c). */
import { config_read, config_write } from "hardware";
import { point } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { need_pdev, type pci_dev } from "./pci_dev.ts";
import * as regs from "./pci_regs.ts";

function read(fn: string, pdev: pci_dev, where: number, size: number): number {
  need_pdev(fn, pdev);
  check_arg(fn, "where", where, "number");
  point();
  return config_read(pdev.card, where, size);
}

function write(fn: string, pdev: pci_dev, where: number, size: number, value: number): number {
  need_pdev(fn, pdev);
  check_arg(fn, "where", where, "number");
  check_arg(fn, "value", value, "number");
  point();
  config_write(pdev.card, where, size, value);
  return 0;
}

/** A byte of configuration space (C's third argument is the result here). Any context. Linux drivers/pci/access.c: pci_bus_read_config_byte. */
export function pci_read_config_byte(pdev: pci_dev, where: number): number {
  return read("pci_read_config_byte", pdev, where, 1);
}
/** A word of configuration space. Any context. Linux drivers/pci/access.c: pci_bus_read_config_word. */
export function pci_read_config_word(pdev: pci_dev, where: number): number {
  return read("pci_read_config_word", pdev, where, 2);
}
/** A double word of configuration space. Any context. Linux drivers/pci/access.c: pci_bus_read_config_dword. */
export function pci_read_config_dword(pdev: pci_dev, where: number): number {
  return read("pci_read_config_dword", pdev, where, 4);
}
/** Writes a byte. Any context. @returns 0 Linux drivers/pci/access.c: pci_bus_write_config_byte. */
export function pci_write_config_byte(pdev: pci_dev, where: number, value: number): number {
  return write("pci_write_config_byte", pdev, where, 1, value);
}
/** Writes a word. Any context. @returns 0 Linux drivers/pci/access.c: pci_bus_write_config_word. */
export function pci_write_config_word(pdev: pci_dev, where: number, value: number): number {
  return write("pci_write_config_word", pdev, where, 2, value);
}
/** Writes a double word. Any context. @returns 0 Linux drivers/pci/access.c: pci_bus_write_config_dword. */
export function pci_write_config_dword(pdev: pci_dev, where: number, value: number): number {
  return write("pci_write_config_dword", pdev, where, 4, value);
}

/** Where a capability lies in configuration space; 0 if the device has none. Linux drivers/pci/pci.c: pci_find_capability. */
export function pci_find_capability(pdev: pci_dev, cap: number): number {
  need_pdev("pci_find_capability", pdev);
  if ((config_read(pdev.card, regs.PCI_STATUS, 2) & regs.PCI_STATUS_CAP_LIST) === 0) return 0;
  let at = config_read(pdev.card, regs.PCI_CAPABILITY_LIST, 1);
  for (let ttl = 48; ttl > 0 && at >= 0x40; ttl--) {
    const id = config_read(pdev.card, at, 1);
    if (id === 0xff) return 0;
    if (id === cap) return at;
    at = config_read(pdev.card, at + 1, 1);
  }
  return 0;
}
