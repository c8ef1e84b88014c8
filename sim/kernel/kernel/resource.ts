/** I/O regions (kernel/resource.c). */
import { EBUSY } from "../lib/errno.ts";
import { should_fail } from "./fault.ts";
import { check_arg } from "./misuse.ts";
import { KERN_WARNING, printk } from "./printk.ts";
import { __might_sleep } from "./sched.ts";

export const IORESOURCE_IO = 0x100;
export const IORESOURCE_MEM = 0x200;
export const IORESOURCE_IRQ = 0x400;
export const IORESOURCE_DMA = 0x800;
export const IORESOURCE_BUSY = 0x80000000;

/** A claimed range of ports or memory (struct resource). */
export class resource {
  name = "";
  start = 0;
  end = 0;
  flags = 0;
}

const ports: resource[] = [];
const memory: resource[] = [];

function claim(
  fn: string,
  list: resource[],
  start: number,
  n: number,
  name: string,
  flags: number,
): resource | null {
  check_arg(fn, "start", start, "number");
  check_arg(fn, "n", n, "number");
  __might_sleep(fn);
  const end = start + n - 1;
  if (should_fail("request-region")) return null;
  if (list.some((r) => r.start <= end && start <= r.end)) return null;
  const r = new resource();
  r.name = name;
  r.start = start;
  r.end = end;
  r.flags = flags | IORESOURCE_BUSY;
  list.push(r);
  return r;
}

function give_back(fn: string, list: resource[], start: number, n: number): void {
  check_arg(fn, "start", start, "number");
  const at = list.findIndex((r) => r.start === start && r.end === start + n - 1);
  if (at >= 0) list.splice(at, 1);
  else printk(`${KERN_WARNING}Trying to free nonexistent resource <%08x-%08x>\n`, start, start + n - 1);
}

/** Claims I/O ports. Process context. @returns null if somebody has them. Linux include/linux/ioport.h: request_region. */
export function request_region(start: number, n: number, name: string): resource | null {
  return claim("request_region", ports, start, n, name, IORESOURCE_IO);
}
/** Gives I/O ports back. Linux include/linux/ioport.h: release_region. */
export function release_region(start: number, n: number): void {
  give_back("release_region", ports, start, n);
}
/** Claims I/O memory. Process context. @returns null if somebody has it. Linux include/linux/ioport.h: request_mem_region. */
export function request_mem_region(start: number, n: number, name: string): resource | null {
  return claim("request_mem_region", memory, start, n, name, IORESOURCE_MEM);
}
/** Gives I/O memory back. Linux include/linux/ioport.h: release_mem_region. */
export function release_mem_region(start: number, n: number): void {
  give_back("release_mem_region", memory, start, n);
}
/** Whether I/O ports are free: 0, or -EBUSY; the answer is stale at once. Linux include/linux/ioport.h: check_region. */
export function check_region(start: number, n: number): number {
  const end = start + n - 1;
  return ports.some((r) => r.start <= end && start <= r.end) ? -EBUSY : 0;
}
/** What is claimed, for leak rules. */
export function claimed_regions(): readonly resource[] {
  return [...ports, ...memory];
}
