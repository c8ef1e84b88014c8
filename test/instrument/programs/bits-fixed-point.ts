// Fixed-point arithmetic with a class over int32, saturating operations, CORDIC, and Math.imul against bigints.
class Fix {
  static readonly ONE = 1 << 16;
  private constructor(readonly raw: number) {}
  static of(x: number | Fix | string): Fix {
    if (x instanceof Fix) return x;
    const scaled = +x * Fix.ONE;
    return new Fix(scaled >= 2 ** 31 ? 0x7fffffff : scaled < -(2 ** 31) ? 1 << 31 : Math.round(scaled) | 0);
  }
  static #saturate = (n: bigint) => new Fix(Number(n > 0x7fffffffn ? 0x7fffffffn : n < -0x80000000n ? -0x80000000n : n));
  add = (o: number | Fix) => Fix.#saturate(BigInt(this.raw) + BigInt(Fix.of(o).raw));
  mul(o: number | Fix): Fix {
    return Fix.#saturate((BigInt(this.raw) * BigInt(Fix.of(o).raw)) >> 16n);
  }
  div(o: number | Fix): Fix {
    const d = BigInt(Fix.of(o).raw);
    if (!d) throw new RangeError(`${this}/0`);
    return Fix.#saturate((BigInt(this.raw) << 16n) / d);
  }
  get sqrt(): Fix {
    if (this.raw < 0) throw new RangeError("negative");
    let [bit, root, rest] = [1n << 46n, 0n, BigInt(this.raw) << 16n];
    while (bit > rest) bit >>= 2n;
    for (; bit; bit >>= 2n) {
      if (rest >= root + bit) [rest, root] = [rest - root - bit, (root >> 1n) + bit];
      else root >>= 1n;
    }
    return new Fix(Number(root));
  }
  valueOf() {
    return this.raw / Fix.ONE;
  }
  [Symbol.toPrimitive](hint: string) {
    return hint === "string" ? this.valueOf().toFixed(3) : this.valueOf();
  }
}
const cordic = (angle: Fix, n = 14): [Fix, Fix] => {
  let [x, y, z] = [Fix.of(0.607253).raw, 0, angle.raw];
  for (let i = 0; i < n; i++) {
    const d = z < 0 ? -1 : 1;
    [x, y, z] = [(x - d * (y >> i)) | 0, (y + d * (x >> i)) | 0, (z - d * Fix.of(Math.atan(2 ** -i)).raw) | 0];
  }
  return [Fix.of(x / Fix.ONE), Fix.of(y / Fix.ONE)];
};
export function main(log: Log): unknown {
  const values = [1.5, -2.25, 30000, "0.1", 1e9].map((v) => Fix.of(v));
  const table = values.map((a) => values.map((b) => `${a.mul(b)}`));
  const errors = [() => values[0]!.div(0), () => values[1]!.sqrt, () => values[2]!.div(0.0001)].map((f) => {
    try {
      return `${f()}`;
    } catch (e) {
      return (e as Error).message;
    }
  });
  log(`${Fix.of(2).sqrt}`, +values[0]! > (values[1] as any), (values[0] as any) + 1);
  let h = 17;
  for (const v of values) h = Math.imul(h ^ v.raw, 0x01000193) >>> (h & 1);
  return [table, errors, cordic(Fix.of(Math.PI / 6)).map(String), h, `${values.reduce((a, b) => a.add(b))}`];
}
