// Computed keys, spreads with getters, duplicates, accessors and __proto__ in one literal.
export function main(log: Log): unknown {
  const k = (name: string) => ({
    [Symbol.toPrimitive](hint: string) {
      log("key", name, hint);
      return name;
    },
  });
  const v = <T>(value: T): T => (log("value", value), value);
  const spreadable = {
    get s1() {
      log("spread s1");
      return 1;
    },
    get s2() {
      log("spread s2");
      return 2;
    },
    [Symbol.for("hidden")]: v("symbol"),
  };
  const parent = { inherited: true, who: () => "parent" };
  const o: any = {
    [k("one") as any]: v(1),
    ...spreadable,
    [k("s1") as any]: v("overrides"),
    2: v("two"),
    1: v("uno"),
    get [k("acc") as any]() {
      return this.one + 1;
    },
    set [k("acc") as any](x: number) {
      this.one = x;
    },
    __proto__: v(parent),
    [`${"meth"}od`](this: any) {
      return super["who" as never as "toString"]() + this.acc;
    },
    ...null,
    ...(false as any),
    ...v("ab"),
    "with space": v(void 0),
  };
  o.acc = 41;
  log(Object.keys(o), o.inherited, Object.getPrototypeOf(o) === parent);
  return [o.acc, o.method(), Reflect.ownKeys(o).map(String), o.s1, o[0]];
}
