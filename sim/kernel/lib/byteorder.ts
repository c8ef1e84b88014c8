/** Byte order (include/linux/byteorder): this machine is little-endian. */

/** Swaps the bytes of a 16-bit word. */
export function swab16(x: number): number {
  return ((x & 0xff) << 8) | ((x >>> 8) & 0xff);
}
/** Swaps the bytes of a 32-bit word. */
export function swab32(x: number): number {
  return (((x & 0xff) << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | ((x >>> 24) & 0xff)) >>> 0;
}
/** Swaps the bytes of a 64-bit word. */
export function swab64(x: bigint): bigint {
  const low = BigInt(swab32(Number(x & 0xffffffffn)));
  return (low << 32n) | BigInt(swab32(Number((x >> 32n) & 0xffffffffn)));
}
/** To little-endian: the 16-bit word itself. */
export function cpu_to_le16(x: number): number {
  return x & 0xffff;
}
/** To little-endian: the 32-bit word itself, unsigned. */
export function cpu_to_le32(x: number): number {
  return x >>> 0;
}
/** To little-endian: the 64-bit word itself, unsigned. */
export function cpu_to_le64(x: number | bigint): bigint {
  return BigInt.asUintN(64, BigInt(x));
}
/** From little-endian: the 16-bit word itself. */
export function le16_to_cpu(x: number): number {
  return x & 0xffff;
}
/** From little-endian: the 32-bit word itself, unsigned. */
export function le32_to_cpu(x: number): number {
  return x >>> 0;
}
/** From little-endian: the 64-bit word itself. */
export function le64_to_cpu(x: bigint): bigint {
  return BigInt.asUintN(64, x);
}
/** To big-endian, 16 bits. */
export function cpu_to_be16(x: number): number {
  return swab16(x);
}
/** To big-endian, 32 bits. */
export function cpu_to_be32(x: number): number {
  return swab32(x);
}
/** To big-endian, 64 bits. */
export function cpu_to_be64(x: number | bigint): bigint {
  return swab64(BigInt.asUintN(64, BigInt(x)));
}
/** From big-endian, 16 bits. */
export function be16_to_cpu(x: number): number {
  return swab16(x);
}
/** From big-endian, 32 bits. */
export function be32_to_cpu(x: number): number {
  return swab32(x);
}
/** From big-endian, 64 bits. */
export function be64_to_cpu(x: bigint): bigint {
  return swab64(x);
}
/** Host to network order, 16 bits. */
export function htons(x: number): number {
  return swab16(x);
}
/** Network to host order, 16 bits. */
export function ntohs(x: number): number {
  return swab16(x);
}
/** Host to network order, 32 bits. */
export function htonl(x: number): number {
  return swab32(x);
}
/** Network to host order, 32 bits. */
export function ntohl(x: number): number {
  return swab32(x);
}
