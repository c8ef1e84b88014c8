/** Virtually contiguous memory (mm/vmalloc.c). */
import { point } from "machine";
import { check_arg } from "../kernel/misuse.ts";
import { BUG_ON } from "../kernel/panic.ts";
import { in_interrupt } from "../kernel/preempt.ts";
import { tell_restricted } from "../kernel/restricted.ts";
import { __might_sleep } from "../kernel/sched.ts";
import { GFP_KERNEL } from "./gfp.ts";
import { allocate_bytes, allocate_struct, release, type struct_class } from "./slab.ts";

/** Allocates `size` bytes or a struct; not for DMA. Process context, may sleep. @returns null when memory runs out. Linux mm/vmalloc.c: vmalloc. */
export function vmalloc(size: number): Uint8Array | null;
export function vmalloc<T extends object>(type: struct_class<T>): T | null;
export function vmalloc(type: number | struct_class<object>): object | null {
  if (typeof type === "number") check_arg("vmalloc", "size", type, "size");
  if (typeof type === "number") return allocate_bytes("vmalloc", type, GFP_KERNEL, "vfree");
  check_arg("vmalloc", "size", type, "function");
  return allocate_struct("vmalloc", type, GFP_KERNEL, "vfree");
}

/** Frees memory of vmalloc; null is fine. Not in interrupt context. Linux mm/vmalloc.c: vfree. */
export function vfree(addr: object | null): void {
  point();
  if (in_interrupt()) tell_restricted("vfree");
  BUG_ON(in_interrupt());
  __might_sleep("vfree");
  if (addr === null) return;
  check_arg("vfree", "addr", addr, "object");
  release("vfree", addr);
}
