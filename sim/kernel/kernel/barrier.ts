/**
 * Memory barriers (include/asm-i386/system.h). They are scheduling points; without weak ordering memory is sequentially
 * consistent, and they only tell what orders accesses.
 */
import { mmio_order } from "hardware";
import { order, point } from "machine";

/** Full barrier: all before it, loads and stores, come before all after it, for CPUs and devices. Any context. Linux include/asm-i386/system.h: mb. */
export function mb(): void {
  point();
  order(null, "fence");
}
/** Read barrier: loads before it come before loads after it. Any context. Linux include/asm-i386/system.h: rmb. */
export function rmb(): void {
  point();
  order(null, "loads");
}
/** Write barrier: stores before it are seen before stores and register writes after it, by CPUs and devices. Any context. Linux include/asm-i386/system.h: wmb. */
export function wmb(): void {
  point();
  order(null, "stores");
}
/** Full barrier between CPUs: mb() where only other CPUs look. Any context. Linux include/asm-i386/system.h: smp_mb. */
export function smp_mb(): void {
  point();
  order(null, "fence");
}
/** Read barrier between CPUs: rmb() where only other CPUs look. Any context. Linux include/asm-i386/system.h: smp_rmb. */
export function smp_rmb(): void {
  point();
  order(null, "loads");
}
/** Write barrier between CPUs: wmb() where only other CPUs look. Any context. Linux include/asm-i386/system.h: smp_wmb. */
export function smp_wmb(): void {
  point();
  order(null, "stores");
}
/** Barrier for dependent reads. @noEffect dependent reads are in order on this machine; it is a scheduling point only */
export function read_barrier_depends(): void {
  point();
  order(null, "loads");
}
/** read_barrier_depends between CPUs. @noEffect dependent reads are in order on this machine; it is a scheduling point only */
export function smp_read_barrier_depends(): void {
  point();
  order(null, "loads");
}
/** Barrier for the compiler. @noEffect nothing is reordered by a compiler here */
export function barrier(): void {}
/**
 * Register writes of this CPU reach the card before those that another CPU makes later: goes before the unlock.
 * Any context. Linux include/asm-i386/io.h: mmiowb.
 */
export function mmiowb(): void {
  point();
  mmio_order();
}
/** In a busy loop: lets the other hyper-thread run; a scheduling point. @noEffect a scheduling point only */
export function cpu_relax(): void {
  point();
}
/** Stores and then a full barrier: `set_mb(ref, value)`. Linux include/asm-i386/system.h: set_mb. */
export function set_mb<T>(ptr: { v: T }, value: T): void {
  point();
  ptr.v = value;
  order(null, "fence");
}
