// A subclass of Array: species, constructors called with a length, overridden push, holes.
class Matrix extends Array<number> {
  static calls = 0;
  label?: string;
  constructor(...args: number[]) {
    super(...args);
    Matrix.calls++;
  }
  override push(...items: number[]): number {
    this.label = `pushed ${items.length}`;
    return super.push(...items.map((x) => x * 2));
  }
  get last() {
    return this[this.length - 1];
  }
  set last(v) {
    this[this.length - 1] = v!;
  }
  *backwards() {
    for (let i = this.length; i--; ) yield this[i]!;
  }
  static override from<T>(items: Iterable<T>, f?: (x: T, i: number) => number): any {
    return (super.from as any)(items, f && ((x: T, i: number) => f.call(this, x, i) + 1));
  }
}
class Plain extends Matrix {
  static override get [Symbol.species]() {
    return Array as any;
  }
}
export function main(log: Log): unknown {
  const m = new Matrix(3, 1, 2);
  m.push(4, 5);
  m.last += 100;
  const mapped = m.map((x) => x + 1);
  const filtered = m.filter((x) => x > 2) as Matrix;
  log(mapped instanceof Matrix, filtered.last, m.concat([7]) instanceof Matrix, Matrix.calls);
  const plain = Plain.from(new Set([1, 2]));
  const sliced = plain.slice(1);
  log(plain.constructor.name, sliced instanceof Matrix, sliced.constructor.name);
  m.length = 2;
  m[5] = 9;
  const spliced = m.splice(0, 1, 10, 20) as Matrix;
  const [first, ...rest] = m;
  return [
    [...m.backwards()],
    first,
    rest,
    spliced.length,
    spliced instanceof Matrix,
    Matrix.of(7).length,
    new Matrix(4).length,
    m.flatMap((x) => [x, x]).length,
    Array.isArray(m),
    JSON.stringify(m),
    m.label,
    Object.keys(m),
    Matrix.from([1, 2], (x: number) => x * 10) instanceof Matrix,
    Matrix.calls,
  ];
}
