// Program generators and closures handed to natives: reduce over iterators, entries, spread into bind, sort keys.
export function main(log: Log): unknown {
  const keyed = <T, K>(key: (x: T) => K) => (a: T, b: T) => { const [x, y] = [key(a), key(b)]; return x < y ? -1 : +(x > y); };
  const gen = function* (this: any, n = this?.n ?? 2, ...tags: string[]): Generator<string> {
    for (let i = 0; i < n; i++) yield [...tags, i].join("");
  };
  const calls: unknown[] = [
    [1, 2].map((n) => [...gen.call(null, n, "t")]),
    [[2, "b"], [1, "a"]].map(([n, t]) => gen(n as number, t as string).next().value),
    Array.from([gen(1, "x"), gen(2, "y")], (g) => [...g].length),
    Object.entries({ p: 1, q: 2 }).flatMap(([k, n]) => [...gen(n, k)]),
    [..."cab"].map((c, i) => ({ c, i })).sort(keyed(({ c }) => c)).map(({ i }) => i),
    "x1y2".replace(/(\w)(\d)/g, (_, a, n) => [...gen(+n, a)].join("|")),
    JSON.stringify({ g: { toJSON: () => [...gen(2, "j")] } }),
    [3, 1].reduce<Record<string, unknown>>((o, n) => ({ ...o, ...Object.fromEntries([...gen(n, "k")].map((k) => [k, n])) }), {}),
    [..."ab"].every((c) => [...gen(1, c)].includes(c + "0")),
  ];
  const pipeline = [(g: Iterable<number>) => (function* () { for (const x of g) if (x % 2) yield x; })(), (g: Iterable<number>) => (function* () { for (const x of g) { log("square", x); yield x * x; } })()];
  const piped = pipeline.reduce<Iterable<number>>((g, f) => f(g), (function* () { let i = 0; try { while (true) yield i++; } finally { log("source closed at", i); } })());
  const taken: number[] = [];
  for (const x of piped) {
    taken.push(x);
    if (x > 20) break;
  }
  const it = gen(3, "z");
  const partial = [it.next().value, ...[it].flatMap((g) => [...g])];
  return [calls, taken, partial, [...it], [...gen.bind({ n: 1 })()]];
}
