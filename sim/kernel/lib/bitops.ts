/** Atomic bit operations on a word (include/asm-i386/bitops.h), and finding bits. */
import { order, point } from "machine";
import { check_arg } from "../kernel/misuse.ts";

const BITS = 32;

/** A word, or an array of words, that bit operations use; all bits 0 at first. C's `unsigned long flags`. */
export class bitmap_t {
  /** 32 bits each, unsigned. */
  readonly words: number[] = [0];
}

function mask(nr: number): number {
  return (1 << (nr & (BITS - 1))) >>> 0;
}

function load(map: bitmap_t, nr: number): number {
  return map.words[nr >>> 5] ?? 0;
}

function store(map: bitmap_t, nr: number, word: number): void {
  while (map.words.length <= nr >>> 5) map.words.push(0);
  map.words[nr >>> 5] = word >>> 0;
}

function check(fn: string, nr: number, addr: bitmap_t): void {
  check_arg(fn, "nr", nr, "number");
  check_arg(fn, "addr", addr, bitmap_t);
}

function test_and(
  fn: string,
  nr: number,
  addr: bitmap_t,
  change: (word: number, bit: number) => number,
): 0 | 1 {
  check(fn, nr, addr);
  point(addr);
  const word = load(addr, nr);
  const bit = mask(nr);
  store(addr, nr, change(word, bit));
  return (word & bit) !== 0 ? 1 : 0;
}

const set = (word: number, bit: number): number => word | bit;
const clear = (word: number, bit: number): number => word & ~bit;
const change = (word: number, bit: number): number => word ^ bit;

/** Sets bit `nr`, atomically. Any context. Linux include/asm-i386/bitops.h: set_bit. */
export function set_bit(nr: number, addr: bitmap_t): void {
  test_and("set_bit", nr, addr, set);
}
/** Clears bit `nr`, atomically; no memory barrier. Any context. Linux include/asm-i386/bitops.h: clear_bit. */
export function clear_bit(nr: number, addr: bitmap_t): void {
  test_and("clear_bit", nr, addr, clear);
}
/** Inverts bit `nr`, atomically. Any context. Linux include/asm-i386/bitops.h: change_bit. */
export function change_bit(nr: number, addr: bitmap_t): void {
  test_and("change_bit", nr, addr, change);
}
/** 1 if bit `nr` is set. Any context. Linux include/asm-i386/bitops.h: test_bit. */
export function test_bit(nr: number, addr: bitmap_t): 0 | 1 {
  check("test_bit", nr, addr);
  point(addr, "read");
  return (load(addr, nr) & mask(nr)) !== 0 ? 1 : 0;
}
/** Sets bit `nr`, atomically. @returns its old value. Any context; a barrier. Linux include/asm-i386/bitops.h: test_and_set_bit. */
export function test_and_set_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return test_and("test_and_set_bit", nr, addr, set);
}
/** Clears bit `nr`, atomically. @returns its old value. Any context; a barrier. Linux include/asm-i386/bitops.h: test_and_clear_bit. */
export function test_and_clear_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return test_and("test_and_clear_bit", nr, addr, clear);
}
/** Inverts bit `nr`, atomically. @returns its old value. Any context; a barrier. Linux include/asm-i386/bitops.h: test_and_change_bit. */
export function test_and_change_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return test_and("test_and_change_bit", nr, addr, change);
}

/** The variants with two underscores are not atomic: another CPU may come between load and store. */
function plain_test_and(
  fn: string,
  nr: number,
  addr: bitmap_t,
  how: (word: number, bit: number) => number,
): 0 | 1 {
  check(fn, nr, addr);
  point(addr, "read");
  const word = load(addr, nr);
  point(addr);
  const bit = mask(nr);
  store(addr, nr, how(word, bit));
  return (word & bit) !== 0 ? 1 : 0;
}

/** set_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __set_bit. */
export function __set_bit(nr: number, addr: bitmap_t): void {
  plain_test_and("__set_bit", nr, addr, set);
}
/** clear_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __clear_bit. */
export function __clear_bit(nr: number, addr: bitmap_t): void {
  plain_test_and("__clear_bit", nr, addr, clear);
}
/** change_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __change_bit. */
export function __change_bit(nr: number, addr: bitmap_t): void {
  plain_test_and("__change_bit", nr, addr, change);
}
/** test_and_set_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __test_and_set_bit. */
export function __test_and_set_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return plain_test_and("__test_and_set_bit", nr, addr, set);
}
/** test_and_clear_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __test_and_clear_bit. */
export function __test_and_clear_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return plain_test_and("__test_and_clear_bit", nr, addr, clear);
}
/** test_and_change_bit, not atomic: the caller excludes others. Linux include/asm-i386/bitops.h: __test_and_change_bit. */
export function __test_and_change_bit(nr: number, addr: bitmap_t): 0 | 1 {
  return plain_test_and("__test_and_change_bit", nr, addr, change);
}

/** Barrier before clear_bit. @noEffect bit operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__before_clear_bit(): void {
  point();
  order(null, "fence");
}
/** Barrier after clear_bit. @noEffect bit operations are ordered on this machine; it is a scheduling point only */
export function smp_mb__after_clear_bit(): void {
  point();
  order(null, "fence");
}

/** Position of the lowest set bit, from 1; 0 if none. Linux include/asm-i386/bitops.h: ffs. */
export function ffs(x: number): number {
  const word = x >>> 0;
  return word === 0 ? 0 : 32 - Math.clz32(word & -word);
}
/** Position of the lowest set bit, from 0; undefined for 0 in C, -1 here. Linux include/asm-i386/bitops.h: __ffs. */
export function __ffs(x: number): number {
  return ffs(x) - 1;
}
/** Position of the highest set bit, from 1; 0 if none. Linux include/asm-i386/bitops.h: fls. */
export function fls(x: number): number {
  return 32 - Math.clz32(x >>> 0);
}
/** Position of the lowest clear bit, from 0. Linux include/asm-i386/bitops.h: ffz. */
export function ffz(x: number): number {
  return __ffs(~x);
}

/** Position of the first bit at or after `offset` that is `wanted`; `size` if none. */
function find(addr: bitmap_t, size: number, offset: number, wanted: boolean): number {
  for (let nr = offset; nr < size; nr++) if (((load(addr, nr) & mask(nr)) !== 0) === wanted) return nr;
  return size;
}

/** First set bit of `size` bits; `size` if none. Linux include/asm-i386/bitops.h: find_first_bit. */
export function find_first_bit(addr: bitmap_t, size: number): number {
  check("find_first_bit", size, addr);
  point(addr, "read");
  return find(addr, size, 0, true);
}
/** First set bit from `offset` on; `size` if none. Linux include/asm-i386/bitops.h: find_next_bit. */
export function find_next_bit(addr: bitmap_t, size: number, offset: number): number {
  check("find_next_bit", size, addr);
  point(addr, "read");
  return find(addr, size, offset, true);
}
/** First clear bit of `size` bits; `size` if none. Linux include/asm-i386/bitops.h: find_first_zero_bit. */
export function find_first_zero_bit(addr: bitmap_t, size: number): number {
  check("find_first_zero_bit", size, addr);
  point(addr, "read");
  return find(addr, size, 0, false);
}
/** First clear bit from `offset` on; `size` if none. Linux include/asm-i386/bitops.h: find_next_zero_bit. */
export function find_next_zero_bit(addr: bitmap_t, size: number, offset: number): number {
  check("find_next_zero_bit", size, addr);
  point(addr, "read");
  return find(addr, size, offset, false);
}

/** Number of set bits of a 32-bit word. Linux include/linux/bitops.h: hweight32. */
export function hweight32(w: number): number {
  let n = 0;
  for (let word = w >>> 0; word !== 0; word &= word - 1) n++;
  return n;
}
/** Number of set bits of a 16-bit word. Linux include/linux/bitops.h: hweight16. */
export function hweight16(w: number): number {
  return hweight32(w & 0xffff);
}
/** Number of set bits of a byte. Linux include/linux/bitops.h: hweight8. */
export function hweight8(w: number): number {
  return hweight32(w & 0xff);
}
