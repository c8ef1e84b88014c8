// Spread in calls, arrays, objects and new, with sources that log when they are read.
export function main(log: Log): unknown {
  const it = (name: string, ...xs: unknown[]) => ({
    *[Symbol.iterator]() {
      log("open", name);
      try {
        yield* xs;
      } finally {
        log("close", name);
      }
    },
  });
  const own = (name: string, o: object) => new Proxy(o, { ownKeys: (t) => (log("own", name), Reflect.ownKeys(t)) });
  class Bag {
    items: unknown[];
    constructor(first: unknown, ...rest: unknown[]) {
      this.items = [rest.length, first, ...rest];
    }
    add = (...xs: unknown[]) => new Bag(...(this.items as [unknown]), ...xs, ...it("again", ...xs));
  }
  const bag = new Bag(...(it("ctor", 1, 2) as any), 3).add(...it("add", "x"));
  const list = [...it("a", 1), log("between"), ...it("b", 2, 3), ...[...it("nested", ...it("inner", 4))]];
  const o = { x: 0, ...own("p", { x: 1, y: 1 }), [(log("key"), "z")]: 1, ...own("q", [9]), ...(null as any), x: 2 };
  const max = Math.max(...it("max", 5, 7) as any, ...new Set([6]));
  const text = String.fromCharCode(...[..."hi"].map((c) => c.charCodeAt(0) + 1));
  const bound = Array.of.bind(Array, ...it("bound", "b1") as any)(...it("called", "c1") as any);
  let failed: unknown;
  try {
    bag.add(...it("first", 1), ...(5 as any), ...it("never"));
  } catch (error) {
    failed = (error as Error).name;
  }
  return [bag.items, list, o, max, text, bound, failed, [...(function* () { yield* arguments as any; })()]];
}
