// 32-bit arithmetic: shifts by odd counts, signs, popcount, reversal, rotations, CRC32 and Adler.
const rotl = (x: number, n: number) => (x << n) | (x >>> (32 - n));
const popcount = (x: number) => {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};
function reverse(x: number): number {
  let r = 0;
  for (let i = 0; i < 32; i++, x >>>= 1) r = (r << 1) | (x & 1);
  return r >>> 0;
}
const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crc32 = (bytes: Iterable<number>) => {
  let c = ~0;
  for (const b of bytes) c = table[(c ^ b) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
};
export function main(log: Log): unknown {
  const samples = [0, -0, 1, -1, 2 ** 31, 2 ** 32 + 5, -(2 ** 31) - 1, 1e20, NaN, Infinity, 0.9, -1.9, "12", null, [3], true] as any[];
  const rows = samples.map((x) => [x | 0, x >>> 0, ~x, x << 33, x >> -1, x >>> 31, x & 0xff, x ^ -1]);
  let flags = 0b1010;
  flags |= 1 << 8;
  flags &= ~0b10;
  flags ^= 0x81;
  const text = Array.from("snull network", (c) => c.charCodeAt(0));
  log(crc32(text).toString(16), text.reduce(([a, b]: any, c) => [(a! + c) % 65521, (b! + a! + c) % 65521], [1, 0]));
  return [rows, flags, popcount(0xdeadbeef), reverse(1), reverse(0x12345678), rotl(0x80000001, 4), Math.clz32(1000), Math.imul(0xffffffff, 5), (1 << 31) >>> 31, 5 & (6 | 8), !!(flags & 8)];
}
