// Array.from and Array.of: iterables, array-likes, mapping with this, subclasses, closing on errors.
export function main(log: Log): unknown {
  function* letters() {
    try {
      yield* "abc";
      return "z";
    } finally {
      log("letters closed");
    }
  }
  const arrayLike = {
    get length() {
      log("length");
      return 3;
    },
    get 0() {
      log("zero");
      return "first";
    },
    2: "third",
  };
  function Collector(this: any, n?: number) {
    log("Collector", arguments.length, n);
    this.made = n;
  }
  const both: any = { length: 1, 0: "like", *[Symbol.iterator]() { yield "iterated"; } };
  const out: unknown[] = [
    Array.from(letters()),
    Array.from(letters(), (c, i) => c + i),
    Array.from(arrayLike as any, function (this: any, x, i) { return [this?.id, x, i]; }, { id: "me" }),
    { ...Array.from.call(Collector, letters() as any) as any },
    { ...Array.from.call(Collector, { length: 2, 1: 1 } as any) as any },
    { ...(Array.of as any).call(Collector, "p", "q") },
    Array.from(both),
    Array.from({ ...both, [Symbol.iterator]: undefined }),
    Array.from(new Map([[1, { a: 2 }]]), ([k, { a }]) => k + a),
    Array.from("a😀", (c) => c.codePointAt(0)),
    Array.from(5 as any),
    Array.from([1, , 3]),
    Array.from({ length: 2 }, () => [] as unknown[]).map((a, i) => a.push(i) + a.length),
  ];
  for (const f of [
    () => Array.from(letters(), (c) => { if (c === "b") throw new Error("at b"); return c; }),
    () => Array.from(letters(), 5 as any),
    () => Array.from(null as any),
    () => Array.from({ length: -5 }),
    () => Array.from.call(class { set 0(_: any) { throw new Error("define, not set"); } } as any, ["v"]),
    () => Array.from({ length: 2, get 1() { throw new Error("element"); } } as any),
  ])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).message);
    }
  return out;
}
