/** Integer types: helpers that wrap as C's assignment to such a variable would (include/asm-i386/types.h). */
export type u8 = number;
export type u16 = number;
export type u32 = number;
export type u64 = bigint;
export type s8 = number;
export type s16 = number;
export type s32 = number;
export type s64 = bigint;
export type dma_addr_t = number;
export type size_t = number;

/** `value` as an unsigned char. */
export function u8(value: number): u8 {
  return value & 0xff;
}
/** `value` as an unsigned short. */
export function u16(value: number): u16 {
  return value & 0xffff;
}
/** `value` as an unsigned int. */
export function u32(value: number): u32 {
  return value >>> 0;
}
/** `value` as an unsigned long long. */
export function u64(value: number | bigint): u64 {
  return BigInt.asUintN(64, BigInt(value));
}
/** `value` as a signed char. */
export function s8(value: number): s8 {
  return (value << 24) >> 24;
}
/** `value` as a signed short. */
export function s16(value: number): s16 {
  return (value << 16) >> 16;
}
/** `value` as an int. */
export function s32(value: number): s32 {
  return value | 0;
}
/** `value` as a long long. */
export function s64(value: number | bigint): s64 {
  return BigInt.asIntN(64, BigInt(value));
}
