/** CRC-32 as Ethernet uses it (lib/crc32.c). */
import { check_arg } from "../kernel/misuse.ts";

/** Bit by bit, least significant bit first. @context any. Linux lib/crc32.c: crc32_le */
export function crc32_le(seed: number, data: Uint8Array, length: number): number {
  check_arg("crc32_le", "data", data, "bytes");
  let crc = seed >>> 0;
  for (let i = 0; i < length; i++) {
    crc ^= data[i]!;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc >>> 0;
}

/** Bit by bit, most significant bit first. @context any. Linux lib/crc32.c: crc32_be */
export function crc32_be(seed: number, data: Uint8Array, length: number): number {
  check_arg("crc32_be", "data", data, "bytes");
  let crc = seed >>> 0;
  for (let i = 0; i < length; i++) {
    crc ^= data[i]! << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

/** Reverses the 32 bits of a word. @context any. Linux lib/crc32.c: bitreverse */
export function bitreverse(x: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) if (x & (1 << bit)) result |= 1 << (31 - bit);
  return result >>> 0;
}

/** CRC of an address for multicast hashes, most significant bit first; unsigned. @context any. Linux include/linux/crc32.h: ether_crc */
export function ether_crc(length: number, data: Uint8Array): number {
  return bitreverse(crc32_le(0xffffffff, data, length));
}

/** CRC of an address for multicast hashes, least significant bit first. @context any. Linux include/linux/crc32.h: ether_crc_le */
export function ether_crc_le(length: number, data: Uint8Array): number {
  return crc32_le(0xffffffff, data, length);
}
