// Object.assign, entries, fromEntries, defineProperty, freeze, is: with getters, symbols and order.
export function main(log: Log): unknown {
  const s = Symbol("s");
  const source = {
    z: 1,
    get a() {
      log("get a");
      delete (source as any).later;
      return 2;
    },
    later: 3,
    [s]: 4,
    10: "ten",
    9: "nine",
  };
  Object.defineProperty(source, "hidden", { value: 5, enumerable: false });
  const sink: any = {
    set z(v: number) {
      log("set z", v);
    },
    set a(v: number) {
      log("set a", v);
    },
  };
  const assigned = Object.assign(sink, source, null, "hi", [7]);
  const entries = Object.entries(source);
  const inverted = Object.fromEntries(entries.map(([k, v]) => [v, k]));
  const mapObject = <V, U>(o: Record<string, V>, f: (v: V, k: string) => U) => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v, k)] as const));
  const frozen = Object.freeze({ list: [1], inner: { x: 1 } });
  const attempts = [
    () => ((frozen as any).list = []),
    () => frozen.list.push(2),
    () => ((frozen as any).extra = 1),
    () => (frozen.inner.x = 9),
    () => Object.defineProperty(frozen, "list", { value: 1 }),
    () => Object.assign(frozen, {}),
    () => Object.setPrototypeOf(Object.preventExtensions({}), {}),
    () => Object.defineProperty({}, "x", { get: () => 1, value: 2 } as any),
    () => Object.fromEntries([null] as any),
    () => Object.create(5 as any),
  ].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).name;
    }
  });
  const descriptors = Object.getOwnPropertyDescriptors(sink);
  const clone = Object.defineProperties(Object.create({ inherited: 1 }), descriptors);
  const forIn: string[] = [];
  for (const k in Object.assign(Object.create({ inherited: 1, z: 0 }), { own: 1 })) forIn.push(k);
  return [Reflect.ownKeys(assigned).map(String), entries, inverted, mapObject({ a: 1, b: 2 }, (v, k) => k.repeat(v)), attempts, frozen, Object.keys(clone), forIn, Object.is(-0, 0), Object.is(NaN, NaN), Object.hasOwn(sink, "a"), Object.isFrozen("x")];
}
