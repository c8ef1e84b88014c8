// BigInt: 64-bit hashes, modular powers, shifts by negative amounts, mixed comparisons, conversion errors.
const M64 = (1n << 64n) - 1n;
const u64 = (x: bigint) => BigInt.asUintN(64, x);
function* splitmix(seed: bigint): Generator<bigint, never> {
  for (;;) {
    seed = u64(seed + 0x9e3779b97f4a7c15n);
    let z = seed;
    z = u64((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = u64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    yield z ^ (z >> 31n);
  }
}
const power = (b: bigint, e: bigint, m: bigint): bigint => (e === 0n ? 1n : ((e & 1n ? b : 1n) * power((b * b) % m, e >> 1n, m)) % m);
const gcd = (a: bigint, b: bigint): [bigint, bigint, bigint] => {
  if (!b) return [a, 1n, 0n];
  const [g, x, y] = gcd(b, a % b);
  return [g, y, x - (a / b) * y];
};
function fnv(text: string): bigint {
  let h = 0xcbf29ce484222325n;
  for (const c of text) {
    h ^= BigInt(c.codePointAt(0)!);
    h *= 0x100000001b3n;
    h &= M64;
  }
  return h;
}
export function main(log: Log): unknown {
  const random = splitmix(42n);
  const [a, b, c] = random;
  const signed = [a, b, c].map((x) => BigInt.asIntN(64, x!));
  const ops: (() => unknown)[] = [() => -7n / 2n, () => -7n % 2n, () => -7n >> 1n, () => 5n << -1n, () => ~5n & 0xffn, () => 2n ** 100n, () => 1n + (1 as any), () => 2n ** -1n, () => 1n / 0n, () => +(1n as any), () => 5n >>> (1n as any), () => BigInt(1.5), () => BigInt("0xff") + BigInt(" 12 "), () => BigInt("x"), () => Number(2n ** 64n), () => parseInt("9007199254740993"), () => 1n < 1.5 && 2n > 1, () => 1n == (1 as any), () => [3n, 1, 2n, 10].sort(), () => [3n, 1, 2n].sort((x: any, y: any) => (x < y ? -1 : 1)), () => (0n ? 1 : 2), () => typeof Object(1n), () => (123456789n ** 3n).toString(36), () => BigInt.asUintN(0, 5n)];
  const results = ops.map((f) => {
    try {
      return f();
    } catch (e) {
      return `${(e as Error).name}: ${(e as Error).message}`;
    }
  });
  let n = 5n;
  n <<= 3n;
  n |= 1n;
  n **= 2n;
  log(n--, --n, n);
  return [signed, results, power(3n, 200n, 1000000007n), gcd(240n, 46n), fnv("netdev lab ☕").toString(16)];
}
