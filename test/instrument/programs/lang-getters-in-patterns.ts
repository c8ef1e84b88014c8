// Destructuring from accessors, proxies and iterators in parameters, loops, catch and assignments at once.
export function main(log: Log): unknown {
  const source = (name: string): any => ({
    get a() {
      log(name, "a");
      return { b: [1, 2, 3], get c() { log(name, "c"); return undefined; } };
    },
    get rest1() {
      log(name, "rest1");
      return "r1";
    },
    *[Symbol.iterator]() {
      log(name, "iterate");
      try {
        yield this;
        yield* [name, name.length];
      } finally {
        log(name, "closed");
      }
    },
  });
  const spy = new Proxy({ x: 1, y: 2, z: 3 } as any, {
    get: (t, k) => (log("get", String(k)), t[k]),
    ownKeys: (t) => (log("keys"), Reflect.ownKeys(t)),
    getOwnPropertyDescriptor: (t, k) => (log("desc", String(k)), Reflect.getOwnPropertyDescriptor(t, k)),
    has: (t, k) => (log("has", String(k)), k in t),
  });
  const key = (k: string) => (log("key", k), k);
  function take({ a: { b: [, second, ...others], c = (log("default c"), second) }, ...rest }: any, [{ rest1 }, text]: any, { [key("x")]: x, ...spied } = spy) {
    return [second, others, c, rest, rest1, text, x, spied];
  }
  const out: unknown[] = [take(source("p1"), source("p2"))];
  for (const { a: { b: { length } }, rest1 = "unused" } of [source("loop")]) out.push(length, rest1);
  for (let [{ rest1: r }, n = r] = source("for") as any, i = 0; i < 1; i++) out.push(n, i);
  try {
    throw source("thrown");
  } catch ({ a: { c: missing = "dflt" }, rest1: caught }: any) {
    out.push(missing, caught);
  }
  let q: any, w: any;
  ({ [key("y")]: q, ...w } = spy);
  [, ...[w.self, q = w]] = [0, ...source("spread")] as any;
  const arrow = ([{ a: { b: [first] } }, , size]: any) => first + size;
  return [out, arrow(source("arrow")), typeof q, w === q];
}
