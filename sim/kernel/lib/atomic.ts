/** Atomic counters (include/asm-i386/atomic.h), xchg and cmpxchg (include/asm-i386/system.h). */
import { order, point } from "machine";
import { check_arg } from "../kernel/misuse.ts";

/** A 32-bit counter for the atomic_* functions. */
export class atomic_t {
  counter: number;
  constructor(value = 0) {
    this.counter = value | 0;
  }
}

/** A counter with a value. Linux include/asm-i386/atomic.h: ATOMIC_INIT. */
export function ATOMIC_INIT(value: number): atomic_t {
  return new atomic_t(value);
}

function add(fn: string, i: number, v: atomic_t): number {
  check_arg(fn, "v", v, atomic_t);
  check_arg(fn, "i", i, "number");
  point(v);
  v.counter = (v.counter + i) | 0;
  return v.counter;
}

/** The value. Any context. Linux include/asm-i386/atomic.h: atomic_read. */
export function atomic_read(v: atomic_t): number {
  check_arg("atomic_read", "v", v, atomic_t);
  point(v, "read");
  return v.counter;
}
/** Sets the value. Any context. Linux include/asm-i386/atomic.h: atomic_set. */
export function atomic_set(v: atomic_t, i: number): void {
  check_arg("atomic_set", "v", v, atomic_t);
  point(v);
  v.counter = i | 0;
}
/** Adds `i`. Any context. Linux include/asm-i386/atomic.h: atomic_add. */
export function atomic_add(i: number, v: atomic_t): void {
  add("atomic_add", i, v);
}
/** Subtracts `i`. Any context. Linux include/asm-i386/atomic.h: atomic_sub. */
export function atomic_sub(i: number, v: atomic_t): void {
  add("atomic_sub", -i, v);
}
/** Adds 1. Any context. Linux include/asm-i386/atomic.h: atomic_inc. */
export function atomic_inc(v: atomic_t): void {
  add("atomic_inc", 1, v);
}
/** Subtracts 1. Any context. Linux include/asm-i386/atomic.h: atomic_dec. */
export function atomic_dec(v: atomic_t): void {
  add("atomic_dec", -1, v);
}
/** Adds `i`. @returns the new value. Linux include/asm-i386/atomic.h: atomic_add_return. */
export function atomic_add_return(i: number, v: atomic_t): number {
  return add("atomic_add_return", i, v);
}
/** Subtracts `i`. @returns the new value. Linux include/asm-i386/atomic.h: atomic_sub_return. */
export function atomic_sub_return(i: number, v: atomic_t): number {
  return add("atomic_sub_return", -i, v);
}
/** Adds 1. @returns the new value. Linux include/asm-i386/atomic.h: atomic_inc_return. */
export function atomic_inc_return(v: atomic_t): number {
  return add("atomic_inc_return", 1, v);
}
/** Subtracts 1. @returns the new value. Linux include/asm-i386/atomic.h: atomic_dec_return. */
export function atomic_dec_return(v: atomic_t): number {
  return add("atomic_dec_return", -1, v);
}
/** Subtracts 1. @returns true if it is 0 now. Linux include/asm-i386/atomic.h: atomic_dec_and_test. */
export function atomic_dec_and_test(v: atomic_t): boolean {
  return add("atomic_dec_and_test", -1, v) === 0;
}
/** Adds 1. @returns true if it is 0 now. Linux include/asm-i386/atomic.h: atomic_inc_and_test. */
export function atomic_inc_and_test(v: atomic_t): boolean {
  return add("atomic_inc_and_test", 1, v) === 0;
}
/** Subtracts `i`. @returns true if it is 0 now. Linux include/asm-i386/atomic.h: atomic_sub_and_test. */
export function atomic_sub_and_test(i: number, v: atomic_t): boolean {
  return add("atomic_sub_and_test", -i, v) === 0;
}
/** Adds `i`. @returns true if it is negative now. Linux include/asm-i386/atomic.h: atomic_add_negative. */
export function atomic_add_negative(i: number, v: atomic_t): boolean {
  return add("atomic_add_negative", i, v) < 0;
}
/** Adds `a` unless the value is `u`. @returns true if it was added. Linux include/asm-i386/atomic.h: atomic_add_unless. */
export function atomic_add_unless(v: atomic_t, a: number, u: number): boolean {
  check_arg("atomic_add_unless", "v", v, atomic_t);
  point(v);
  if (v.counter === u) return false;
  v.counter = (v.counter + a) | 0;
  return true;
}
/** Adds 1 unless the value is 0. @returns true if it was added. Linux include/asm-i386/atomic.h: atomic_inc_not_zero. */
export function atomic_inc_not_zero(v: atomic_t): boolean {
  return atomic_add_unless(v, 1, 0);
}
/** Sets the value if it is `old`. @returns the value before. Linux include/asm-i386/atomic.h: atomic_cmpxchg. */
export function atomic_cmpxchg(v: atomic_t, old: number, next: number): number {
  check_arg("atomic_cmpxchg", "v", v, atomic_t);
  point(v);
  const before = v.counter;
  if (before === old) v.counter = next | 0;
  return before;
}
/** Sets the value. @returns the value before. Linux include/asm-i386/atomic.h: atomic_xchg. */
export function atomic_xchg(v: atomic_t, next: number): number {
  check_arg("atomic_xchg", "v", v, atomic_t);
  point(v);
  const before = v.counter;
  v.counter = next | 0;
  return before;
}
/** Exchanges what `ptr` points at, atomically. @returns the value before. Linux include/asm-i386/system.h: xchg. */
export function xchg<T>(ptr: { v: T }, next: T): T {
  check_arg("xchg", "ptr", ptr, "object");
  point(ptr);
  const before = ptr.v;
  ptr.v = next;
  return before;
}
/** Stores `next` if `ptr` points at `old`, atomically. @returns the value before. Linux include/asm-i386/system.h: cmpxchg. */
export function cmpxchg<T>(ptr: { v: T }, old: T, next: T): T {
  check_arg("cmpxchg", "ptr", ptr, "object");
  point(ptr);
  const before = ptr.v;
  if (before === old) ptr.v = next;
  return before;
}

/** Barrier before atomic_inc. @noEffect atomic operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__before_atomic_inc(): void {
  point();
  order(null, "fence");
}
/** Barrier after atomic_inc. @noEffect atomic operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__after_atomic_inc(): void {
  point();
  order(null, "fence");
}
/** Barrier before atomic_dec. @noEffect atomic operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__before_atomic_dec(): void {
  point();
  order(null, "fence");
}
/** Barrier after atomic_dec. @noEffect atomic operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__after_atomic_dec(): void {
  point();
  order(null, "fence");
}
