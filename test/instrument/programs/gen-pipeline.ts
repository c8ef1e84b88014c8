// A lazy pipeline of generators made by a class with fluent methods; early end reaches the source.
class Lazy<T> implements Iterable<T> {
  constructor(private readonly source: () => Iterator<T>) {}
  [Symbol.iterator]() {
    return this.source();
  }
  private derive<U>(body: (self: Iterable<T>) => Generator<U>): Lazy<U> {
    return new Lazy(() => body(this));
  }
  map<U>(f: (x: T, i: number) => U) {
    return this.derive(function* (self) {
      let i = 0;
      for (const x of self) yield f(x, i++);
    });
  }
  filter(keep: (x: T) => boolean) {
    return this.derive(function* (self) {
      for (const x of self) if (keep(x)) yield x;
    });
  }
  take(n: number) {
    return this.derive(function* (self) {
      if (n > 0) for (const x of self) if ((yield x, --n <= 0)) return;
    });
  }
  chunk(size: number) {
    return this.derive<T[]>(function* (self) {
      let current: T[] = [];
      for (const x of self) if (current.push(x) === size) yield current.splice(0);
      if (current.length) yield current;
    });
  }
}
export function main(log: Log): unknown {
  const naturals = new Lazy(function* () {
    try {
      for (let n = 0; ; n++) yield (log("make", n), n);
    } finally {
      log("source closed");
    }
  });
  const odd = naturals.filter((n) => n % 2 === 1).map((n, i) => `${i}:${n}`);
  const [first, , third] = odd;
  const chunks = [...naturals.take(7).chunk(3)];
  const once = odd.take(2);
  return [first, third, chunks, [...once], [...once], Math.max(...naturals.map((n) => -n).take(3))];
}
