/** I/O memory or ports, whichever a BAR is (lib/iomap.c). */
import { emit, point } from "machine";
import type { pci_dev } from "../drivers/pci/pci_dev.ts";
import { pci_resource_flags, pci_resource_len, pci_resource_start } from "../drivers/pci/pci_dev.ts";
import { should_fail } from "../kernel/fault.ts";
import { check_arg } from "../kernel/misuse.ts";
import { IORESOURCE_IO } from "../kernel/resource.ts";
import { __might_sleep } from "../kernel/sched.ts";
import {
  inb,
  inl,
  inw,
  ioremap,
  iounmap,
  outb,
  outl,
  outw,
  readb,
  readl,
  readw,
  writeb,
  writel,
  writew,
} from "./io.ts";

/** Cookies of ports lie in this range. */
const PIO_OFFSET = 0x10000;
const PIO_MASK = 0x0ffff;
const PIO_END = 0x20000;

function is_port(addr: number): boolean {
  return addr >= 0 && addr < PIO_END;
}

function access(fn: string, addr: number): number {
  check_arg(fn, "addr", addr, "number");
  return addr & PIO_MASK;
}

/** Reads a byte of a mapped BAR. Any context. Linux lib/iomap.c: ioread8. */
export function ioread8(addr: number): number {
  return is_port(addr) ? inb(access("ioread8", addr)) : readb(addr);
}
/** Reads a word of a mapped BAR. Any context. Linux lib/iomap.c: ioread16. */
export function ioread16(addr: number): number {
  return is_port(addr) ? inw(access("ioread16", addr)) : readw(addr);
}
/** Reads a double word of a mapped BAR, unsigned. Any context. Linux lib/iomap.c: ioread32. */
export function ioread32(addr: number): number {
  return is_port(addr) ? inl(access("ioread32", addr)) : readl(addr);
}
/** Writes a byte of a mapped BAR. Any context. Linux lib/iomap.c: iowrite8. */
export function iowrite8(value: number, addr: number): void {
  if (is_port(addr)) outb(value, access("iowrite8", addr));
  else writeb(value, addr);
}
/** Writes a word of a mapped BAR. Any context. Linux lib/iomap.c: iowrite16. */
export function iowrite16(value: number, addr: number): void {
  if (is_port(addr)) outw(value, access("iowrite16", addr));
  else writew(value, addr);
}
/** Writes a double word of a mapped BAR. Any context. Linux lib/iomap.c: iowrite32. */
export function iowrite32(value: number, addr: number): void {
  if (is_port(addr)) outl(value, access("iowrite32", addr));
  else writel(value, addr);
}

/** Ports as an address for ioread8 and its like. Linux lib/iomap.c: ioport_map. */
export function ioport_map(port: number, nr: number): number {
  check_arg("ioport_map", "port", port, "number");
  return port + nr > PIO_MASK ? 0 : port + PIO_OFFSET;
}
/** Ends ioport_map. @noEffect ports need no mapping */
export function ioport_unmap(_addr: number): void {}

/**
 * Makes a BAR accessible: up to `maxlen` bytes (0: all). Process context, may sleep.
 * @returns an address for ioread32 and its like, 0 on failure. Linux lib/iomap.c: pci_iomap.
 */
export function pci_iomap(pdev: pci_dev, bar: number, maxlen = 0): number {
  const start = pci_resource_start(pdev, bar);
  const whole = pci_resource_len(pdev, bar);
  const len = maxlen > 0 && maxlen < whole ? maxlen : whole;
  if (len === 0 || start === 0) return 0;
  if (pci_resource_flags(pdev, bar) & IORESOURCE_IO) {
    __might_sleep("pci_iomap");
    return should_fail("ioremap") ? 0 : ioport_map(start, len);
  }
  return ioremap(start, len);
}
/** Ends pci_iomap. Not in interrupt context. Linux lib/iomap.c: pci_iounmap. */
export function pci_iounmap(_pdev: pci_dev, addr: number): void {
  check_arg("pci_iounmap", "addr", addr, "number");
  if (!is_port(addr)) {
    iounmap(addr);
    return;
  }
  point();
  if (addr === 0) emit({ type: "io-unmapped", card: null, address: 0, size: 0, found: false });
}
