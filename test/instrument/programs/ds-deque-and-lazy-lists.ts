// A persistent deque of two lists, lazy streams with memo thunks, and knots tied through getters.
type List<T> = readonly [T, List<T>] | null;
const cons = <T>(x: T, xs: List<T>): List<T> => [x, xs];
function* items<T>(xs: List<T>): Generator<T> {
  for (; xs; [, xs] = xs) yield xs[0];
}
class Deque<T> {
  private constructor(
    private readonly front: List<T>,
    private readonly back: List<T>,
  ) {}
  static of = <T>(...xs: T[]): Deque<T> => new Deque<T>(xs.reduceRight<List<T>>((l, x) => cons(x, l), null), null);
  push = (x: T) => new Deque(this.front, cons(x, this.back));
  shift(): [T | undefined, Deque<T>] {
    if (this.front) return [this.front[0], new Deque(this.front[1], this.back)];
    if (!this.back) return [undefined, this];
    let turned: List<T> = null;
    for (const x of items(this.back)) turned = cons(x, turned);
    return new Deque(turned, null).shift();
  }
  get [Symbol.iterator]() {
    const { front, back } = this;
    return function* () {
      yield* items(front);
      yield* [...items(back)].reverse();
    };
  }
}
class Stream<T> {
  static forced = 0;
  #tail: (() => Stream<T> | null) | undefined;
  #made?: Stream<T> | null;
  constructor(readonly head: T, tail: () => Stream<T> | null) {
    this.#tail = tail;
  }
  get tail(): Stream<T> | null {
    if (this.#tail) {
      Stream.forced++;
      const tail = this.#tail;
      this.#tail = undefined;
      this.#made = tail();
    }
    return this.#made!;
  }
  static zip<A, B, C>(f: (a: A, b: B) => C, a: Stream<A>, b: Stream<B>): Stream<C> {
    return new Stream(f(a.head, b.head), () => Stream.zip(f, a.tail!, b.tail!));
  }
  *take(n: number): Generator<T> {
    for (let s: Stream<T> | null = this; n-- > 0 && s; s = n ? s.tail : null) yield s.head;
  }
}
export function main(log: Log): unknown {
  const fibs: Stream<number> = new Stream(0, () => new Stream(1, () => Stream.zip((a, b) => a + b, fibs, fibs.tail!)));
  const first = [...fibs.take(15)];
  const once = Stream.forced;
  const [...again] = fibs.take(10);
  let d = Deque.of(1, 2);
  const old = d;
  const shifted: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    if (i % 2) d = d.push(i * 10);
    const [x, rest] = d.shift();
    shifted.push(x, [...rest]);
    d = rest;
  }
  log(once > 0, again.length);
  return [first, shifted, [...old], [...old.push(3)]];
}
