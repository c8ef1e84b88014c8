/** Helpers of include/linux/kernel.h and include/linux/compiler.h. */

/** The condition itself. @noEffect a hint for the compiler */
export function likely<T>(condition: T): T {
  return condition;
}
/** The condition itself. @noEffect a hint for the compiler */
export function unlikely<T>(condition: T): T {
  return condition;
}
/** Fetches memory into the cache. @noEffect there is no cache */
export function prefetch(_p: unknown): void {}
/** The smaller one. Linux include/linux/kernel.h: min. */
export function min<T extends number | bigint>(x: T, y: T): T {
  return x < y ? x : y;
}
/** The larger one. Linux include/linux/kernel.h: max. */
export function max<T extends number | bigint>(x: T, y: T): T {
  return x > y ? x : y;
}
/** Number of elements. Linux include/linux/kernel.h: ARRAY_SIZE. */
export function ARRAY_SIZE(array: ArrayLike<unknown>): number {
  return array.length;
}
/** `x` rounded up to a multiple of `a`, a power of two. Linux include/linux/kernel.h: ALIGN. */
export function ALIGN(x: number, a: number): number {
  return (x + a - 1) & ~(a - 1);
}
/** `x` rounded up to a multiple of `y`. Linux include/linux/kernel.h: roundup. */
export function roundup(x: number, y: number): number {
  return Math.floor((x + y - 1) / y) * y;
}
/** Absolute value. Linux include/linux/kernel.h: abs. */
export function abs(x: number): number {
  return x < 0 ? -x : x;
}
