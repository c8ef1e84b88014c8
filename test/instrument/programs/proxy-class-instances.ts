// Classes whose constructors return proxies of this, with private state, super calls and lazily forwarded methods.
class Base {
  static created = 0;
  #hidden = "base hidden";
  calls: string[] = [];
  constructor(protected readonly log: Log) {
    return new Proxy(this, {
      get: (target, key, receiver) => {
        if (typeof key === "string" && key.startsWith("call_")) return (...args: unknown[]) => target.#dispatch(key.slice(5), args);
        const value = Reflect.get(target, key, receiver);
        if (typeof value === "function" && key !== "constructor") target.calls.push(String(key));
        return value;
      },
      set: (target, key, value) => {
        if (key === "locked") throw new TypeError("locked");
        return Reflect.set(target, key, value);
      },
      has: (target, key) => key === "virtual" || key in target,
    });
  }
  #dispatch(name: string, args: unknown[]) {
    return `${name}:${args.join("+")}:${this.#hidden}`;
  }
  peek() {
    try {
      return this.#hidden;
    } catch (error) {
      return (error as Error).name;
    }
  }
  self = () => this;
}
class Derived extends Base {
  own = (this.log("field", this.calls.length), "own");
  #secret = 42;
  constructor(log: Log, readonly extra = "e") {
    super(log);
    this.log("constructed", "virtual" in this);
  }
  reveal() {
    return [this.#secret, super.peek(), this.own, this.extra];
  }
  static is(x: object) {
    return #secret in x;
  }
}
export function main(log: Log): unknown {
  const d: any = new Derived(log);
  const b: any = new Base(log);
  const out: unknown[] = [d.reveal(), d.call_anything(1, 2), b.call_x(), d.peek(), b.peek(), Derived.is(d), Derived.is(b), d.self() === d, "virtual" in b, d.calls, Object.keys(d)];
  for (const f of [() => (d.locked = 1), () => ((d.fresh = 2), d.fresh), () => new (class extends Derived { locked = 1; })(log)])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  const { own, ...rest } = d;
  return [out, own, Object.keys(rest), d instanceof Derived, JSON.stringify(Object.keys({ ...b }))];
}
