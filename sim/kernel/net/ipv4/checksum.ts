/** Internet checksums (include/asm-i386/checksum.h). Results are in network order as stored in a header by this little-endian machine. */
import { check_arg } from "../../kernel/misuse.ts";

/** Folds a 32-bit sum to the 16-bit checksum. @context any. Linux include/asm-i386/checksum.h: csum_fold */
export function csum_fold(sum: number): number {
  let folded = sum >>> 0;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
  return ~folded & 0xffff;
}

/** Adds up `len` bytes; the result is folded by csum_fold. @context any. Linux include/asm-i386/checksum.h: csum_partial */
export function csum_partial(buff: Uint8Array, len: number, sum: number): number {
  check_arg("csum_partial", "buff", buff, "bytes");
  let total = sum;
  for (let i = 0; i + 1 < len; i += 2) total += buff[i]! | (buff[i + 1]! << 8);
  if (len & 1) total += buff[len - 1]!;
  while (total > 0xffffffff) total = (total % 0x100000000) + Math.floor(total / 0x100000000);
  return total >>> 0;
}

/**
 * Checksum of an IP header of `ihl` words; 0 if the checksum in the header is right. To compute it set `check` to 0 first.
 * @param iph the bytes of the header, or the header itself
 * @context any. Linux include/asm-i386/checksum.h: ip_fast_csum
 */
export function ip_fast_csum(iph: Uint8Array | { readonly bytes: Uint8Array }, ihl: number): number {
  const bytes = iph instanceof Uint8Array ? iph : iph?.bytes;
  check_arg("ip_fast_csum", "iph", bytes, "bytes");
  check_arg("ip_fast_csum", "ihl", ihl, "number");
  return csum_fold(csum_partial(bytes, ihl * 4, 0));
}

/** Checksum of a buffer. @context any. Linux include/asm-i386/checksum.h: ip_compute_csum */
export function ip_compute_csum(buff: Uint8Array, len: number): number {
  return csum_fold(csum_partial(buff, len, 0));
}

/** Checksum of a TCP or UDP packet with its pseudo header; `sum` is that of header and data. Linux include/asm-i386/checksum.h: csum_tcpudp_magic */
export function csum_tcpudp_magic(
  saddr: number,
  daddr: number,
  len: number,
  proto: number,
  sum: number,
): number {
  const halves = (saddr & 0xffff) + (saddr >>> 16) + (daddr & 0xffff) + (daddr >>> 16);
  const swapped = (len << 8) | (len >> 8);
  let total = sum + halves + (swapped & 0xffff) + (proto << 8);
  while (total > 0xffffffff) total = (total % 0x100000000) + Math.floor(total / 0x100000000);
  return csum_fold(total);
}
