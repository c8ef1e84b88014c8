// Infinite streams of bigints: fibonacci, primes by a chain of filters, digits of e.
function* fibonacci(a = 0n, b = 1n): Generator<bigint, never> {
  for (;;) [a, b] = [b, (yield a, a + b)];
}
function* primes(): Generator<bigint> {
  const composites = new Map<bigint, bigint[]>();
  for (let q = 2n; ; q++) {
    const factors = composites.get(q);
    if (factors) {
      composites.delete(q);
      for (const p of factors) composites.set(p + q, [...(composites.get(p + q) ?? []), p]);
    } else {
      yield q;
      composites.set(q * q, [q]);
    }
  }
}
function* digitsOfE(): Generator<number> {
  let [digits, terms] = [40, 60];
  let scaled = 0n;
  let unit = 10n ** BigInt(digits);
  for (let k = 0n; k < terms; unit /= ++k) scaled += unit;
  for (const c of scaled.toString().slice(0, digits - 3)) yield +c;
}
const take = <T>(n: number, it: Iterable<T>): T[] => {
  const out: T[] = [];
  for (const x of it) if (out.push(x) >= n) break;
  return out;
};
export function main(log: Log): unknown {
  const fib = fibonacci();
  const big = take(95, fib).at(-1)!;
  log(fib.next().done, BigInt.asUintN(64, big * big), BigInt.asIntN(64, -big * 3n));
  let xor = 0n;
  for (const p of take(30, primes())) xor = (xor << 3n) ^ p ^ ~(p >> 1n);
  return [big, xor, take(12, primes()), [...digitsOfE()].join(""), take(3, fibonacci(-1n, 1n))];
}
