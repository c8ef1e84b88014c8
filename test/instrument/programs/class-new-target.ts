// new.target in constructors, plain functions, arrows, through Reflect.construct and derived natives.
export function main(log: Log): unknown {
  abstract class Shape {
    static registry: Record<string, number> = {};
    readonly kind: string;
    constructor() {
      const target = () => new.target;
      if (target() === Shape) throw new TypeError("abstract!");
      Shape.registry[target().name] = (Shape.registry[target().name] ?? 0) + 1;
      this.kind = target().name + ":" + Object.getPrototypeOf(this).constructor.name;
    }
    abstract area(): number;
  }
  class Square extends Shape {
    constructor(private side: number) {
      super();
      log("Square", new.target === Square);
    }
    area = () => this.side ** 2;
  }
  class Odd extends Square {
    area = () => -1;
  }
  function Legacy(this: any, ...args: number[]) {
    const seen = (() => (() => new.target)())();
    this.seen = seen && seen.name;
    this.args = args;
  }
  class Stack extends Array<number> {
    top = this.length;
    constructor(...items: number[]) {
      super(...items);
      log("Stack", new.target.name, this.length);
    }
  }
  class Deeper extends Stack {}
  function Other() {}
  Other.prototype = { constructor: { name: "faked" }, marker: true };
  const out: unknown[] = [new Square(3).kind, new Odd(2).area()];
  for (const make of [
    () => new (Shape as any)(),
    () => Reflect.construct(Shape, [], Square).kind,
    () => Reflect.construct(Square, [4], Other as any).marker,
    () => Reflect.construct(Legacy as any, [1, 2], Square).seen,
    () => new (Legacy as any)(3).seen,
    () => (Legacy as any).call({}, 1),
    () => Object.keys(Reflect.construct(Legacy as any, [7], Array)),
    () => [new Deeper(1, 2, 3).map((x) => x * 2) instanceof Deeper, Deeper.of(5, 6).top, new Stack(2).length],
    () => Reflect.construct(Square, [1], Math.max as any),
    () => (Square as any)(1),
    () => new (class extends (Legacy as any) {})(9).seen,
  ])
    try {
      out.push(make());
    } catch (error) {
      out.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
  return [out, Shape.registry];
}
