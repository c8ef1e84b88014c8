// Reflect.get and set with receivers, setters through chains, define versus assign, apply with array-likes.
export function main(log: Log): unknown {
  const base = {
    _v: "base",
    get v() {
      return `${this._v}!`;
    },
    set v(x) {
      log("setter on", Object.keys(this));
      this._v = x;
    },
    plain: 1,
  };
  const child = Object.create(base, { _v: { value: "child", writable: true, enumerable: true } });
  const other = { _v: "other" };
  const out: unknown[] = [Reflect.get(base, "v", other), Reflect.set(base, "v", "set", other), other, Reflect.set(child, "v", "via child"), child._v, base._v];
  const readonly = Object.defineProperty({}, "x", { value: 1 });
  const receiver: any = {};
  out.push(Reflect.set(readonly, "x", 2), Reflect.set(base, "plain", 5, receiver), receiver.plain, base.plain, Reflect.set(base, "plain", 5, 7 as any));
  const inheritsReadonly = Object.create(readonly);
  try {
    inheritsReadonly.x = 3;
  } catch (error) {
    out.push((error as Error).name);
  }
  Object.defineProperty(inheritsReadonly, "x", { value: 4, writable: true });
  inheritsReadonly.x = 5;
  class A {
    static create(...args: unknown[]) {
      return Reflect.construct(this, args, this === A ? B : this);
    }
    constructor(...args: unknown[]) {
      log("A", args.length, new.target.name);
    }
  }
  class B {
    isB() {
      return this instanceof A;
    }
  }
  const made = A.create(1, 2) as any;
  out.push(inheritsReadonly.x, made.isB(), Reflect.apply(Math.max, null, { length: 2, 0: 3, 1: 9 }), Reflect.ownKeys({ b: 1, 2: 1, a: 1, 1: 1, [Symbol("s")]: 1 }).map(String), Reflect.has(child, "plain"), Reflect.getPrototypeOf(child) === base, Reflect.defineProperty(Object.freeze({}), "z", { value: 1 }), Reflect.isExtensible(child), Reflect.deleteProperty(readonly, "x"));
  for (const f of [() => Reflect.get(5 as any, "x"), () => Reflect.apply(base as any, null, []), () => Reflect.construct(A, 5 as any), () => Reflect.construct(A, [], {} as any), () => Reflect.ownKeys(1 as any)])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  const proxied = new Proxy(base, { set: (t, k, v, r) => (log("trap", String(k), r === grand), Reflect.set(t, k, v, r)) });
  const grand: any = Object.create(proxied);
  grand.v = "through proxy";
  grand.fresh = 1;
  return [out, Object.keys(grand), grand.v];
}
