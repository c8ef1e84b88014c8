// A collection class hierarchy whose methods are generators on top of an abstract iterator, with caching.
abstract class Seq<T> {
  abstract [Symbol.iterator](): Iterator<T>;
  static of<T>(...xs: T[]): Seq<T> {
    return new (class extends Seq<T> {
      *[Symbol.iterator]() {
        yield* xs;
      }
    })();
  }
  protected via<U>(make: (this: Seq<T>) => Generator<U>): Seq<U> {
    const outer = this;
    return new (class Derived extends Seq<U> {
      [Symbol.iterator] = () => make.call(outer);
    })();
  }
  map<U>(f: (x: T) => U) {
    return this.via(function* () {
      for (const x of this) yield f(x);
    });
  }
  windows(n: number): Seq<T[]> {
    return this.via(function* () {
      const w: T[] = [];
      for (const x of this) {
        if (w.push(x) > n) w.shift();
        if (w.length === n) yield [...w];
      }
    });
  }
  zip<U>(other: Iterable<U>): Seq<[T, U]> {
    return this.via(function* () {
      const it = other[Symbol.iterator]();
      try {
        for (const x of this) {
          const { done, value } = it.next();
          if (done) return;
          yield [x, value];
        }
      } finally {
        it.return?.();
      }
    });
  }
  get cached(): Seq<T> {
    const seen: T[] = [];
    let source: Iterator<T> | undefined;
    return this.via(function* () {
      for (let i = 0; ; i++) {
        if (i === seen.length) {
          const { done, value } = (source ??= this[Symbol.iterator]()).next();
          if (done) return;
          seen.push(value);
        }
        yield seen[i]!;
      }
    });
  }
  *chunkBy(same: (a: T, b: T) => boolean): Generator<T[]> {
    let group: T[] | undefined;
    for (const x of this)
      if (group && same(group.at(-1)!, x)) group.push(x);
      else {
        if (group) yield group;
        group = [x];
      }
    if (group) yield group;
  }
  reduce = <A>(f: (a: A, x: T) => A, a: A): A => {
    for (const x of this) a = f(a, x);
    return a;
  };
}
export function main(log: Log): unknown {
  const s = Seq.of(1, 2, 4, 7, 8, 8);
  const squares = s.map((x) => (log("square", x), x * x)).cached;
  const [a, b] = squares;
  const all = [...squares];
  function* forever() {
    try {
      for (let i = 0; ; i++) yield "i" + i;
    } finally {
      log("stopped");
    }
  }
  const zipped = [...s.zip(forever())].length;
  const [[first]] = s.windows(2).zip(forever());
  return [a, b, all, zipped, first, [...s.chunkBy((x, y) => y - x <= 1)], s.windows(3).reduce((n, w) => n + w.length, 0), squares.reduce((x, y) => x + y, 0)];
}
