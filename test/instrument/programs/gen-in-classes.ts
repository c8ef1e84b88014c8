// Generator methods: iterator symbol, static, private, computed, inherited with super, in literals.
class Range {
  static *pairs(n: number): Generator<[number, number]> {
    for (const x of new this(0, n)) yield [x, x * x];
  }
  constructor(
    protected lo: number,
    protected hi: number,
  ) {}
  *#steps(step: number) {
    for (let i = this.lo; i < this.hi; i += step) {
      const jump: number | undefined = yield i;
      if (jump !== undefined) i += jump;
    }
  }
  *[Symbol.iterator](): Generator<number, string, any> {
    yield* this.#steps(1);
    return "done " + this.constructor.name;
  }
  *["by" + "Two"]() {
    return yield* this.#steps(2);
  }
}
class Bounded extends Range {
  *[Symbol.iterator](): Generator<number, string, any> {
    yield -1;
    const end = yield* super[Symbol.iterator]();
    yield 99;
    return end + "!";
  }
  both = function* (this: Bounded) {
    yield* (this as any).byTwo();
    yield* this;
  };
}
export function main(log: Log): unknown {
  const b = new Bounded(2, 6);
  const it = b[Symbol.iterator]();
  const steps: unknown[] = [it.next(), it.next(), it.next(2), it.next(), it.next(), it.next()];
  const literal = {
    base: 10,
    *gen(n = this.base): Generator<any> {
      const self = this;
      yield* [n, self.base, new.target === undefined];
      yield (() => arguments.length)();
    },
  };
  log([...Range.pairs(3)], [...Bounded.pairs(2)]);
  try {
    new (literal.gen as any)();
  } catch (error) {
    log((error as Error).name);
  }
  return [steps, [...b.both()], [...literal.gen()], [...literal.gen.call({ base: 5 } as any, 1)], Object.getOwnPropertyNames(Range.prototype)];
}
