/** PCI devices and how they are found (include/linux/pci.h, drivers/pci/probe.c). */
import { card_bars, card_count, card_slot, config_read } from "hardware";
import { object_id } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { IORESOURCE_IO, IORESOURCE_MEM, resource } from "../../kernel/resource.ts";
import { device } from "../base/device.ts";
import * as regs from "./pci_regs.ts";

const FUNCTION_BITS = 3;
const BARS = 6;

/** A bus; there is one. */
export class pci_bus {
  number = 0;
}
const root_bus = new pci_bus();

/** One entry of a driver's id_table; what is missing is PCI_ANY_ID. */
export interface pci_device_id {
  readonly vendor?: number;
  readonly device?: number;
  readonly subvendor?: number;
  readonly subdevice?: number;
  readonly class?: number;
  readonly class_mask?: number;
  readonly driver_data?: unknown;
}

/** What a driver gives to pci_register_driver. */
export interface pci_driver {
  name: string;
  id_table: readonly pci_device_id[];
  probe: (pdev: pci_dev, id: pci_device_id) => number;
  remove?: ((pdev: pci_dev) => unknown) | null;
  suspend?: ((pdev: pci_dev, state: number) => number) | null;
  resume?: ((pdev: pci_dev) => number) | null;
  shutdown?: ((pdev: pci_dev) => unknown) | null;
  enable_wake?: ((pdev: pci_dev, state: number, enable: number) => number) | null;
}

/** A PCI device (struct pci_dev). Drivers get it in probe. */
export class pci_dev {
  readonly id = object_id("pci_dev");
  bus: pci_bus = root_bus;
  devfn = 0;
  vendor = 0;
  device = 0;
  subsystem_vendor = 0;
  subsystem_device = 0;
  class = 0;
  /** Interrupt line, or the message's vector after pci_enable_msi. */
  irq = 0;
  resource: resource[] = [];
  driver: pci_driver | null = null;
  dma_mask: number | bigint = 0xffffffff;
  current_state = regs.PCI_D0;
  dev = new device();
  is_enabled = 0;
  is_busmaster = 0;
  msi_enabled = 0;
  saved_config_space: number[] = [];
  /** @internal Number of the card. */
  card = -1;
  /** @internal The line, while irq is a message's vector. */
  line = 0;
  /** @internal Capability of messages as pci_save_state found it. */
  saved_msi: number[] = [];
  /** @internal The card has been taken out of the bus. */
  removed = false;
}

let devices: pci_dev[] = [];

/** All devices, in the order of their slots. */
export function pci_devices(): readonly pci_dev[] {
  return devices;
}

/** Boot: looks into every slot (drivers/pci/probe.c: pci_scan_slot). */
export function pci_scan(): void {
  devices = [];
  for (let card = 0; card < card_count(); card++) devices.push(setup_device(card));
}

/** Linux drivers/pci/probe.c: pci_setup_device. */
function setup_device(card: number): pci_dev {
  const pdev = new pci_dev();
  pdev.card = card;
  pdev.devfn = PCI_DEVFN(card_slot(card), 0);
  pdev.vendor = config_read(card, regs.PCI_VENDOR_ID, 2);
  pdev.device = config_read(card, regs.PCI_DEVICE_ID, 2);
  pdev.subsystem_vendor = config_read(card, regs.PCI_SUBSYSTEM_VENDOR_ID, 2);
  pdev.subsystem_device = config_read(card, regs.PCI_SUBSYSTEM_ID, 2);
  pdev.class = config_read(card, regs.PCI_CLASS_REVISION, 4) >>> 8;
  pdev.irq = config_read(card, regs.PCI_INTERRUPT_LINE, 1);
  pdev.line = pdev.irq;
  pdev.dev.card = card;
  pdev.dev.bus_id = pci_name(pdev);
  const bars = card_bars(card);
  for (let i = 0; i < BARS; i++) {
    const r = new resource();
    const bar = bars[i];
    if (bar !== undefined) {
      r.name = pci_name(pdev);
      r.start = bar.start;
      r.end = bar.start + bar.size - 1;
      r.flags = bar.space === "memory" ? IORESOURCE_MEM : IORESOURCE_IO;
    }
    pdev.resource.push(r);
  }
  return pdev;
}

/** Checks that a driver passed a PCI device. */
export function need_pdev(fn: string, pdev: pci_dev): void {
  check_arg(fn, "pdev", pdev, pci_dev);
}

/** Device and function in one number. Linux include/linux/pci.h: PCI_DEVFN. */
export function PCI_DEVFN(slot: number, func: number): number {
  return (slot << FUNCTION_BITS) | func;
}
/** Slot of a devfn. Linux include/linux/pci.h: PCI_SLOT. */
export function PCI_SLOT(devfn: number): number {
  return devfn >> FUNCTION_BITS;
}
/** Function of a devfn. Linux include/linux/pci.h: PCI_FUNC. */
export function PCI_FUNC(devfn: number): number {
  return devfn & 7;
}

/** Name of the device, `0000:00:03.0`. Any context. Linux include/linux/pci.h: pci_name. */
export function pci_name(pdev: pci_dev): string {
  need_pdev("pci_name", pdev);
  const slot = PCI_SLOT(pdev.devfn).toString(16).padStart(2, "0");
  return `0000:00:${slot}.${PCI_FUNC(pdev.devfn)}`;
}

/** An entry of an id_table. Linux include/linux/pci.h: PCI_DEVICE. */
export function PCI_DEVICE(vendor: number, device: number): pci_device_id {
  return { vendor, device, subvendor: regs.PCI_ANY_ID, subdevice: regs.PCI_ANY_ID };
}

/** The PCI device of a device. Linux include/linux/pci.h: to_pci_dev. */
export function to_pci_dev(dev: device): pci_dev | null {
  check_arg("to_pci_dev", "dev", dev, device);
  return devices[dev.card] ?? null;
}

function resource_of(fn: string, pdev: pci_dev, bar: number): resource {
  need_pdev(fn, pdev);
  check_arg(fn, "bar", bar, "number");
  return pdev.resource[bar] ?? new resource();
}

/** Address of a BAR: physical, or the first port. 0 if there is none. Linux include/linux/pci.h: pci_resource_start. */
export function pci_resource_start(pdev: pci_dev, bar: number): number {
  return resource_of("pci_resource_start", pdev, bar).start;
}
/** Last address of a BAR. Linux include/linux/pci.h: pci_resource_end. */
export function pci_resource_end(pdev: pci_dev, bar: number): number {
  return resource_of("pci_resource_end", pdev, bar).end;
}
/** IORESOURCE_MEM or IORESOURCE_IO, or 0 if there is no such BAR. Linux include/linux/pci.h: pci_resource_flags. */
export function pci_resource_flags(pdev: pci_dev, bar: number): number {
  return resource_of("pci_resource_flags", pdev, bar).flags;
}
/** Bytes of a BAR. Linux include/linux/pci.h: pci_resource_len. */
export function pci_resource_len(pdev: pci_dev, bar: number): number {
  const { start, end } = resource_of("pci_resource_len", pdev, bar);
  return start === 0 && end === start ? 0 : end - start + 1;
}
