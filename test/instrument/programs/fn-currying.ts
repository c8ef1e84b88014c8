// Curry, compose, memoize, debounce-free combinators with observable lengths, names and caches.
type Fn = (...args: any[]) => any;
const curry = (f: Fn, arity = f.length): Fn =>
  function curried(this: unknown, ...args: any[]): any {
    return args.length >= arity ? f.apply(this, args) : Object.defineProperty((...more: any[]) => curried.call(this, ...args, ...more), "length", { value: arity - args.length });
  };
const compose = (...fs: Fn[]) => fs.reduceRight((g, f) => (...a: any[]) => f(g(...a)), (x: any) => x);
function memoize<F extends Fn>(f: F, key: (...a: Parameters<F>) => unknown = (...a) => a.join()): F & { hits: number } {
  const cache = new Map<unknown, { value: ReturnType<F> } | { error: unknown }>();
  const memo: any = function (this: unknown, ...args: Parameters<F>) {
    const k = key(...args);
    let entry = cache.get(k);
    if (entry) memo.hits++;
    else {
      try {
        entry = { value: f.apply(this, args) };
      } catch (error) {
        entry = { error };
      }
      cache.set(k, entry);
    }
    if ("error" in entry) throw entry.error;
    return entry.value;
  };
  memo.hits = 0;
  return memo;
}
export function main(log: Log): unknown {
  const volume = curry((a: number, b: number, c: number) => (log("volume", a, b, c), a * b * c));
  const half = volume(2)(3);
  const fib = memoize((n: number): bigint => (n < 2 ? BigInt(n) : fib(n - 1) + fib(n - 2)));
  const picky = memoize((n: number) => {
    log("picky", n);
    if (n % 2) throw new RangeError("odd " + n);
    return n / 2;
  }, (n) => n % 4);
  const tried = [2, 1, 6, 5, 3, 0].map((n) => {
    try {
      return picky(n);
    } catch (error) {
      return (error as Error).message;
    }
  });
  const Y = <A, R>(f: (self: (a: A) => R) => (a: A) => R) => ((x: any) => x(x))((x: any) => f((a) => x(x)(a)));
  const size = Y<any[], number>((self) => ([head, ...tail]) => (head === undefined ? 0 : 1 + self(tail)));
  const pipe = compose((s: string) => s + "!", String, (n: number) => n + 1, Math.max);
  return [half(4), half(5), volume(1, 2)(3), volume.length, half.length, fib(80), fib.hits, tried, picky.hits, size([1, 2, 3]), pipe(1, 9, 4), compose()(7)];
}
