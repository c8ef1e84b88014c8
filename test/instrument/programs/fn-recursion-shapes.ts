// Recursion through arrows in objects, getters, sort comparators, toString, replace and default parameters.
export function main(log: Log): unknown {
  const ackermann = (m: number, n: number): number => (m === 0 ? n + 1 : ackermann(m - 1, n === 0 ? 1 : ackermann(m, n - 1)));
  const hanoi = (n: number, [a, b, c] = ["a", "b", "c"], moves: string[] = []): string[] =>
    n && (hanoi(n - 1, [a!, c!, b!], moves), moves.push(`${a}${c}`), hanoi(n - 1, [b!, a!, c!], moves)) ? moves : moves;
  class Nested {
    constructor(readonly items: (number | Nested)[]) {}
    get depth(): number {
      return 1 + Math.max(0, ...this.items.map((i) => (i instanceof Nested ? i.depth : 0)));
    }
    toString(): string {
      return `[${this.items.map((i) => `${i}`).join(" ")}]`;
    }
    valueOf(): number {
      return this.items.reduce<number>((sum, i) => sum + +i, 0);
    }
    [Symbol.iterator] = function* (this: Nested): Generator<number> {
      for (const i of this.items) i instanceof Nested ? yield* i : yield i;
    };
    sorted(): Nested {
      return new Nested(this.items.map((i) => (i instanceof Nested ? i.sorted() : i)).sort((a, b) => +a - +b));
    }
  }
  const parse = (s: string): Nested => {
    let at = 0;
    const list = (): Nested => {
      const items: (number | Nested)[] = [];
      for (at++; s[at] !== "]"; ) s[at] === "[" ? items.push(list()) : s[at] === " " ? at++ : items.push(+s[at++]!);
      at++;
      return new Nested(items);
    };
    return list();
  };
  const n = parse("[3 [9 1 [7]] 2 [] [5 [4 [8]]]]");
  const expand = (s: string, depth = 0): string => (depth > 3 ? s : s.replace(/\d/g, (d) => (+d ? `(${expand(String(+d - 1), depth + 1)})` : "z")));
  const json = JSON.stringify(n, function (this: any, k, v) { return v instanceof Nested ? [v.depth, ...v.items] : v; });
  log(`${n}`, n.depth);
  return [ackermann(2, 3), hanoi(3), +n, [...n], `${n.sorted()}`, expand("321"), json];
}
