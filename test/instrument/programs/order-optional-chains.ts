// Short circuits skip everything to the right; `this` survives; parentheses cut the chain.
export function main(log: Log): unknown {
  const hit = <T>(tag: string, v: T): T => (log(tag), v);
  const o: any = {
    name: "o",
    self() {
      return this;
    },
    who() {
      return this?.name;
    },
    none: null,
    list: [() => "zero", function (this: any) {
      return this.length;
    }],
    get getter() {
      log("getter");
      return this.who;
    },
  };
  const out: unknown[] = [
    o?.who(),
    o.who?.(),
    (o?.who)(),
    o.none?.[hit("skipped", 1)].deep.deeper(hit("skipped", 2)),
    o.missing?.(hit("skipped", 3)),
    o?.self()?.self?.().who?.(hit("argument", 4)),
    o.list?.[hit("index", 1)](),
    o.list[5]?.[hit("skipped", 5)]?.(),
    o?.["getter"]?.(),
    o.none?.x ?? hit("fallback", "f"),
    delete o?.list?.[0],
    delete o.none?.[hit("skipped", 6)],
    o.list?.length,
  ];
  for (const f of [() => (o.none?.a).b, () => o.who.nothing.more?.x, () => o.name?.(), () => o?.none.x]) {
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  }
  let calls = 0;
  const maybe = () => (calls++ % 2 ? null : { f: (...a: unknown[]) => a.length });
  for (let i = 0; i < 4; i++) out.push(maybe()?.f(...[i, hit("spread", i)]));
  const tagged = o?.list?.[1]?.call("four");
  return [out, calls, tagged, `${o?.name}${o.none?.name}`];
}
