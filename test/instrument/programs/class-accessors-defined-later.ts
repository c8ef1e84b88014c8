// Accessors added by defineProperty and on prototypes after instances exist; lazy self-replacing getters.
export function main(log: Log): unknown {
  class Config {
    raw: Record<string, unknown> = { port: 80, host: "h" };
    static field<K extends string>(key: K, convert: (x: any) => unknown) {
      Object.defineProperty(this.prototype, key, {
        configurable: true,
        get(this: Config) {
          log("lazy", key);
          const value = convert.call(this, this.raw[key]);
          Object.defineProperty(this, key, { value, writable: false, enumerable: true });
          return value;
        },
        set(this: Config, v) {
          log("set", key, v);
          this.raw[key] = v;
        },
      });
      return this;
    }
  }
  const c: any = new Config();
  const before = [c.port, c.host];
  Config.field("port", (x) => x + 8000).field("host", function (this: any, x) {
    return `${x}:${this.port}`;
  });
  c.host = "example";
  const results: unknown[] = [before, c.host, c.host, c.port, Object.keys(c)];
  try {
    c.port = 1;
  } catch (error) {
    results.push((error as Error).name);
  }
  const counter = (() => {
    let n = 0;
    return {
      get next() {
        return ++n;
      },
      set next(v) {
        n = v;
      },
    };
  })();
  const child: any = Object.create(counter);
  child.next = 10;
  child.next += child.next * child.next;
  results.push(child.next, counter.next, Object.keys(child), "next" in child);
  Object.defineProperties(child, { next: { value: "own" }, sum: { get: () => child.next + counter.next } });
  results.push(child.next, child.sum, delete (child as any).missing);
  const inherited = Object.setPrototypeOf({ b: 2 }, { get a() { return (this as any).b; }, set a(v) { (this as any).b = v; } });
  inherited.a++;
  ({ x: inherited.a } = { x: 50 });
  [inherited.a] = [inherited.a + 1];
  for (inherited.a of [7, 8]);
  results.push(inherited.b, { ...inherited });
  return results;
}
