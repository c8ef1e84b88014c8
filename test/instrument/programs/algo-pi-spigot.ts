// Digits of pi and roots by bigint spigots and Newton steps, consumed lazily by destructuring and zips.
function* pi(): Generator<bigint, never> {
  let [q, r, t, k, m, x] = [1n, 0n, 1n, 1n, 3n, 3n];
  for (;;)
    if (4n * q + r - t < m * t) {
      yield m;
      [q, r, m] = [10n * q, 10n * (r - m * t), (10n * (3n * q + r)) / t - 10n * m];
    } else {
      const next = (q * (7n * k) + 2n + r * x) / (t * x);
      [q, r, t, k, m, x] = [q * k, (2n * q + r) * x, t * x, k + 1n, next, x + 2n];
    }
}
const isqrt = (n: bigint): bigint => {
  if (n < 0n) throw new RangeError("negative");
  let [x, steps] = [1n << BigInt((n.toString(2).length + 1) >> 1), 0];
  for (let y: bigint; (y = (x + n / x) >> 1n) < x && steps++ < 100; x = y);
  return x;
};
function* zipWith<A, B, C>(f: (a: A, b: B, i: number) => C, as: Iterable<A>, bs: Iterable<B>): Generator<C, string> {
  const [a, b] = [as[Symbol.iterator](), bs[Symbol.iterator]()];
  try {
    for (let i = 0; ; i++) {
      const [x, y] = [a.next(), b.next()];
      if (x.done || y.done) return "ended";
      yield f(x.value, y.value, i);
    }
  } finally {
    a.return?.();
    b.return?.();
  }
}
export function main(log: Log): unknown {
  const [three, one, four, ...{ length }] = (function* () { let n = 0; for (const d of pi()) { if (n++ === 8) return; yield d; } })();
  const digits: string[] = [];
  for (const d of pi()) if (digits.push(String(d)) === 20) break;
  const root = isqrt(2n * 10n ** 40n);
  const agree = [...zipWith((p, r, i) => (p === BigInt(r) ? i : -1), pi(), "3141592653589793")];
  const errors = [() => isqrt(-1n), () => isqrt(0n), () => [...zipWith(() => { throw new Error("f"); }, [1], [2])]].map((f) => {
    try {
      return f();
    } catch (e) {
      return (e as Error).message;
    }
  });
  log(three, one, four, length);
  return [digits.join(""), root, agree, errors];
}
