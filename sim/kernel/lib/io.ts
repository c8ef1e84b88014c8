/** I/O memory and ports (include/asm-i386/io.h, arch/i386/mm/ioremap.c). */
import { card_at, io_map, io_unmap, mmio_read, mmio_write, port_read, port_write } from "hardware";
import { emit, point, spend_ns } from "machine";
import { should_fail } from "../kernel/fault.ts";
import { check_arg } from "../kernel/misuse.ts";
import { in_interrupt } from "../kernel/preempt.ts";
import { tell_restricted } from "../kernel/restricted.ts";
import { __might_sleep } from "../kernel/sched.ts";

/** A read waits for the card's answer. */
const READ_NS = 1000;

function load(fn: string, addr: number, size: number): number {
  check_arg(fn, "addr", addr, "number");
  point();
  spend_ns(READ_NS);
  return mmio_read(addr, size);
}

function store(fn: string, value: number, addr: number, size: number): void {
  check_arg(fn, "value", value, "number");
  check_arg(fn, "addr", addr, "number");
  point();
  mmio_write(addr, size, value);
}

/** Reads a register of one byte; waits for earlier writes. Any context. Linux include/asm-i386/io.h: readb. */
export function readb(addr: number): number {
  return load("readb", addr, 1);
}
/** Reads a register of two bytes. Any context. Linux include/asm-i386/io.h: readw. */
export function readw(addr: number): number {
  return load("readw", addr, 2);
}
/** Reads a register of four bytes, unsigned. Any context. Linux include/asm-i386/io.h: readl. */
export function readl(addr: number): number {
  return load("readl", addr, 4);
}
/** readb without order. Any context. Linux include/asm-i386/io.h: readb_relaxed. */
export function readb_relaxed(addr: number): number {
  return load("readb_relaxed", addr, 1);
}
/** readw without order. Any context. Linux include/asm-i386/io.h: readw_relaxed. */
export function readw_relaxed(addr: number): number {
  return load("readw_relaxed", addr, 2);
}
/** readl without order. Any context. Linux include/asm-i386/io.h: readl_relaxed. */
export function readl_relaxed(addr: number): number {
  return load("readl_relaxed", addr, 4);
}
/** Writes a register of one byte. Posted: it reaches the card some time later. Any context. Linux include/asm-i386/io.h: writeb. */
export function writeb(value: number, addr: number): void {
  store("writeb", value, addr, 1);
}
/** Writes a register of two bytes, posted. Any context. Linux include/asm-i386/io.h: writew. */
export function writew(value: number, addr: number): void {
  store("writew", value, addr, 2);
}
/** Writes a register of four bytes, posted. Any context. Linux include/asm-i386/io.h: writel. */
export function writel(value: number, addr: number): void {
  store("writel", value, addr, 4);
}

function port_load(fn: string, port: number, size: number): number {
  check_arg(fn, "port", port, "number");
  point();
  spend_ns(READ_NS);
  return port_read(port, size);
}

function port_store(fn: string, value: number, port: number, size: number): void {
  check_arg(fn, "value", value, "number");
  check_arg(fn, "port", port, "number");
  point();
  spend_ns(READ_NS);
  port_write(port, size, value);
}

/** Reads a port. Any context. Linux include/asm-i386/io.h: inb. */
export function inb(port: number): number {
  return port_load("inb", port, 1);
}
/** Reads a port of two bytes. Any context. Linux include/asm-i386/io.h: inw. */
export function inw(port: number): number {
  return port_load("inw", port, 2);
}
/** Reads a port of four bytes, unsigned. Any context. Linux include/asm-i386/io.h: inl. */
export function inl(port: number): number {
  return port_load("inl", port, 4);
}
/** Writes a port; it is not posted. Any context. Linux include/asm-i386/io.h: outb. */
export function outb(value: number, port: number): void {
  port_store("outb", value, port, 1);
}
/** Writes a port of two bytes. Any context. Linux include/asm-i386/io.h: outw. */
export function outw(value: number, port: number): void {
  port_store("outw", value, port, 2);
}
/** Writes a port of four bytes. Any context. Linux include/asm-i386/io.h: outl. */
export function outl(value: number, port: number): void {
  port_store("outl", value, port, 4);
}
/** inb with a pause. Any context. Linux include/asm-i386/io.h: inb_p. */
export function inb_p(port: number): number {
  return port_load("inb_p", port, 1);
}
/** inw with a pause. Any context. Linux include/asm-i386/io.h: inw_p. */
export function inw_p(port: number): number {
  return port_load("inw_p", port, 2);
}
/** inl with a pause. Any context. Linux include/asm-i386/io.h: inl_p. */
export function inl_p(port: number): number {
  return port_load("inl_p", port, 4);
}
/** outb with a pause. Any context. Linux include/asm-i386/io.h: outb_p. */
export function outb_p(value: number, port: number): void {
  port_store("outb_p", value, port, 1);
}
/** outw with a pause. Any context. Linux include/asm-i386/io.h: outw_p. */
export function outw_p(value: number, port: number): void {
  port_store("outw_p", value, port, 2);
}
/** outl with a pause. Any context. Linux include/asm-i386/io.h: outl_p. */
export function outl_p(value: number, port: number): void {
  port_store("outl_p", value, port, 4);
}

/** Reads one port again and again into bytes. */
function string_in(fn: string, port: number, addr: Uint8Array, count: number, size: number): void {
  check_arg(fn, "addr", addr, "bytes");
  for (let i = 0; i < count; i++) {
    const value = port_load(fn, port, size);
    for (let b = 0; b < size; b++) addr[i * size + b] = (value >>> (8 * b)) & 0xff;
  }
}

/** Writes bytes to one port. */
function string_out(fn: string, port: number, addr: Uint8Array, count: number, size: number): void {
  check_arg(fn, "addr", addr, "bytes");
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let b = size - 1; b >= 0; b--) value = value * 256 + (addr[i * size + b] ?? 0);
    port_store(fn, value, port, size);
  }
}

/** `count` bytes from a port. Any context. Linux include/asm-i386/io.h: insb. */
export function insb(port: number, addr: Uint8Array, count: number): void {
  string_in("insb", port, addr, count, 1);
}
/** `count` words from a port. Any context. Linux include/asm-i386/io.h: insw. */
export function insw(port: number, addr: Uint8Array, count: number): void {
  string_in("insw", port, addr, count, 2);
}
/** `count` double words from a port. Any context. Linux include/asm-i386/io.h: insl. */
export function insl(port: number, addr: Uint8Array, count: number): void {
  string_in("insl", port, addr, count, 4);
}
/** `count` bytes to a port. Any context. Linux include/asm-i386/io.h: outsb. */
export function outsb(port: number, addr: Uint8Array, count: number): void {
  string_out("outsb", port, addr, count, 1);
}
/** `count` words to a port. Any context. Linux include/asm-i386/io.h: outsw. */
export function outsw(port: number, addr: Uint8Array, count: number): void {
  string_out("outsw", port, addr, count, 2);
}
/** `count` double words to a port. Any context. Linux include/asm-i386/io.h: outsl. */
export function outsl(port: number, addr: Uint8Array, count: number): void {
  string_out("outsl", port, addr, count, 4);
}

/** Copies from I/O memory. Any context. Linux include/asm-i386/io.h: memcpy_fromio. */
export function memcpy_fromio(dst: Uint8Array, src: number, count: number): void {
  check_arg("memcpy_fromio", "dst", dst, "bytes");
  for (let i = 0; i < count; i++) dst[i] = load("memcpy_fromio", src + i, 1);
}
/** Copies to I/O memory. Any context. Linux include/asm-i386/io.h: memcpy_toio. */
export function memcpy_toio(dst: number, src: Uint8Array, count: number): void {
  check_arg("memcpy_toio", "src", src, "bytes");
  for (let i = 0; i < count; i++) store("memcpy_toio", src[i] ?? 0, dst + i, 1);
}

/** Makes I/O memory readable by the kernel. Process context, may sleep. @returns its address, 0 on failure. Linux arch/i386/mm/ioremap.c: __ioremap. */
export function ioremap(phys_addr: number, size: number): number {
  check_arg("ioremap", "phys_addr", phys_addr, "number");
  check_arg("ioremap", "size", size, "number");
  __might_sleep("ioremap");
  point();
  const address = should_fail("ioremap") ? 0 : io_map(phys_addr, size);
  emit({ type: "io-mapped", card: card_at(phys_addr), address, size, found: address !== 0 });
  return address;
}
/** ioremap; I/O memory is never cached here. Linux arch/i386/mm/ioremap.c: ioremap_nocache. */
export function ioremap_nocache(phys_addr: number, size: number): number {
  return ioremap(phys_addr, size);
}
/** Ends ioremap. Not in interrupt context. Linux arch/i386/mm/ioremap.c: iounmap. */
export function iounmap(addr: number): void {
  check_arg("iounmap", "addr", addr, "number");
  if (in_interrupt()) tell_restricted("iounmap");
  point();
  const found = io_unmap(addr);
  emit({ type: "io-unmapped", card: null, address: addr, size: 0, found });
}
