// Every trap, in the order in which ordinary code fires them.
export function main(log: Log): unknown {
  const traced = (target: any, name: string): any =>
    new Proxy(
      target,
      new Proxy({} as any, {
        get(_, trap: string) {
          return (...args: any[]) => {
            log(name, trap, ...args.slice(1).filter((a) => typeof a !== "object" && typeof a !== "function").map(String));
            return (Reflect as any)[trap](...args);
          };
        },
      }),
    );
  class Target {
    a = 1;
    get b() {
      return this.a + 1;
    }
    set b(v) {
      this.a = v;
    }
    m(x: number) {
      return this.b * x;
    }
  }
  const p = traced(new Target(), "p");
  const out: unknown[] = [p.a, p.b, (p.b = 5), p.m(2), "a" in p, delete p.a, p.a, p?.b, Object.keys(p), { ...p }, JSON.stringify(p)];
  p.a ??= 3;
  p.a++;
  p.a += p.a;
  for (const k in p) log("key", k);
  const { a, ...rest } = p;
  Object.defineProperty(p, "d", { value: 1, configurable: true });
  Object.isFrozen(p);
  Object.assign(p, { e: 1 });
  out.push(a, rest, Object.getPrototypeOf(p) === Target.prototype, p instanceof Target, Object.prototype.hasOwnProperty.call(p, "d"), String(p));
  const f = traced(function (this: any, x: number) {
    return [typeof this, x];
  }, "f");
  const C = traced(Target, "C");
  out.push(f(1), f.call("s", 2), f.apply(null, [3]), new C().a, Reflect.construct(C, []) instanceof C, [1].map(f)[0], f.bind(1, 2)());
  class Sub extends C {
    c = (this as any).a + 1;
  }
  out.push((new Sub() as any).c);
  const list = traced([3, 1, 2], "list");
  list.push(0);
  list.length = 3;
  out.push(list.includes(2), [...list], list.concat([9]), Array.isArray(list), list.map((x: number) => x * 2));
  return out;
}
