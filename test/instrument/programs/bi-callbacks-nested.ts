// Callbacks in callbacks of different natives, all changing the same state, some leaving by exceptions.
class Stop extends Error {
  constructor(readonly value: unknown) {
    super("stop");
  }
}
export function main(log: Log): unknown {
  let depth = 0;
  const enter = <T>(name: string, f: () => T): T => {
    log(" ".repeat(depth++) + name);
    try {
      return f();
    } finally {
      depth--;
    }
  };
  const result = enter("map", () =>
    [3, 1, 2].map((n) =>
      enter("replace", () =>
        "ab".replace(/./g, (c) =>
          enter("sort", () =>
            [n, 0, 5].sort((x, y) => enter("from", () => Array.from({ length: 1 }, () => x - y)[0]!)).join(c),
          ),
        ),
      ),
    ),
  );
  const found = enter("find", () => {
    try {
      new Map([["k", [1, 2, 3]]]).forEach((list) => list.forEach((x) => JSON.stringify({ toJSON: () => [x].reduceRight((a, b) => { if (b === 2) throw new Stop([a, b, depth]); return a + b; }, 10) })));
      return "not thrown";
    } catch (error) {
      if (error instanceof Stop) return error.value;
      throw error;
    }
  });
  const lazy = { get list() { return enter("getter", () => [1, 2].filter((x) => Reflect.apply((y: number) => y > 1, null, [x]))); } };
  const proxied = new Proxy(lazy, { get: (t, k, r) => enter("trap", () => Reflect.get(t, k, r)) });
  const summed = [proxied, lazy].flatMap((o) => o.list).reduce((a, b) => a + b, 0);
  function* gen(): Generator<number> {
    yield* [1, 2].map((x) => enter("in generator", () => [...inner(x)].length));
  }
  function* inner(n: number): Generator<number> {
    if (n > 0) yield* inner(n - 1);
    yield n;
  }
  return [result, found, summed, Array.from(gen(), (x) => enter("mapper", () => x * 2)), depth, new Set([..."aab"].map((c) => enter("set", () => c))).size];
}
