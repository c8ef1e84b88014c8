// Getters that call getters along prototype chains, switch prototypes while running, and throw half way.
export function main(log: Log): unknown {
  const level = (n: number, proto: object | null): any =>
    Object.create(proto, {
      [`own${n}`]: { get: () => (log("own", n), n), enumerable: true },
      sum: {
        get() {
          const above = Object.getPrototypeOf(Object.getPrototypeOf(this) === null ? {} : this);
          log("sum at", n);
          return n + (n > 0 ? (Reflect.get(proto!, "sum", this) as number) : 0) + (above ? 0 : 1);
        },
        configurable: true,
      },
      who: {
        get() {
          return `${n}:${this.label ?? "?"}`;
        },
        set(v) {
          this.label = v + n;
        },
      },
    });
  let chain: any = null;
  for (let n = 0; n < 4; n++) chain = level(n, chain);
  const leaf = Object.create(chain);
  leaf.who = "L";
  const out: unknown[] = [leaf.sum, leaf.who, leaf.own0 + leaf.own3, "own2" in leaf];
  const shifty = {
    get a() {
      Object.setPrototypeOf(this, { get b() { return "new b"; }, a: "inherited" });
      return "first a";
    },
    get b() {
      delete (this as any).b;
      return this.b;
    },
  } as any;
  out.push(shifty.a + shifty.b, shifty.b);
  let budget = 3;
  const flaky = {
    get x(): number {
      if (--budget === 0) throw new Error("budget");
      return budget;
    },
    get total() {
      return this.x + this.x * 10 + this.x * 100;
    },
  };
  try {
    out.push(flaky.total);
  } catch (error) {
    out.push((error as Error).message, flaky.x);
  }
  const keys: string[] = [];
  for (const k in leaf) keys.push(k);
  const bound = { get f() { const self = this; return () => self === bound; } } as any;
  const { f } = bound;
  out.push(f(), bound.f(), (0, bound.f)(), new (class { get C() { return class { k = 1; }; } })().C.name);
  return [out, keys, { ...chain }, Object.entries(leaf)];
}
