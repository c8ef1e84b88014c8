// Built-in consumers of program generators: spread, Map, Set, Array.from, Object.fromEntries, typed arrays.
export function main(log: Log): unknown {
  function* entries(limit: number): Generator<[string, number], string> {
    try {
      for (let i = 0; i < limit; i++) {
        log("entry", i);
        yield ["k" + (i % 3), i * i];
      }
      return "not seen by consumers";
    } finally {
      log("consumed", limit);
    }
  }
  function* bytes() {
    yield* [1, 257, -1, 3.7];
  }
  class Doubling extends Map<string, number> {
    set(k: string, v: number) {
      log("set", k, v);
      return super.set(k, (this.get(k) ?? 0) + v);
    }
  }
  const failing = function* (): Generator<any> {
    try {
      yield ["fine", 1];
      yield 5;
    } finally {
      log("failing closed");
    }
  };
  const out: unknown[] = [
    new Map(entries(5)),
    new Doubling(entries(4)),
    new Set([...entries(2)].flat()),
    Object.fromEntries(entries(4)),
    Array.from(entries(3), function (this: any, [k, v], i) {
      return this.prefix + k + v + i;
    }, { prefix: ">" }),
    Uint8Array.from(bytes()),
    new Int16Array(bytes() as any),
    Math.min(...bytes()),
    String.raw({ raw: bytes() as any }, 1),
    [...new Map(entries(2)).entries()],
    Array.from({ length: 3, 0: "a", 2: "c" } as any),
  ];
  try {
    out.push(new Map(failing()));
  } catch (error) {
    out.push((error as Error).name);
  }
  return out;
}
