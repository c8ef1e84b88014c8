// A membrane that wraps everything crossing it, revocable, with identity kept by WeakMaps.
function membrane<T extends object>(root: T, note: (what: string) => void) {
  const toOutside = new WeakMap<object, object>();
  const toInside = new WeakMap<object, object>();
  let revoked = false;
  const check = () => {
    if (revoked) throw new Error("revoked");
  };
  const isObject = (x: unknown): x is object => (typeof x === "object" && x !== null) || typeof x === "function";
  const enter = (x: any): any => (isObject(x) ? (toInside.get(x) ?? wrap(x, leave, enter, toOutside, toInside)) : x);
  const leave = (x: any): any => (isObject(x) ? (toOutside.get(x) ?? wrap(x, enter, leave, toInside, toOutside)) : x);
  function wrap(inner: object, into: (x: any) => any, out: (x: any) => any, back: WeakMap<object, object>, forth: WeakMap<object, object>): object {
    const shadow: any = typeof inner === "function" ? function () {} : Array.isArray(inner) ? [] : {};
    const proxy = new Proxy(shadow, {
      get(_, key, receiver) {
        check();
        note(`get ${String(key)}`);
        return out(Reflect.get(inner, key, receiver === proxy ? inner : into(receiver)));
      },
      set(_, key, value) {
        check();
        note(`set ${String(key)}`);
        return Reflect.set(inner, key, into(value));
      },
      apply(_, self, args) {
        check();
        note(`apply ${(inner as any).name}`);
        try {
          return out(Reflect.apply(inner as any, into(self), args.map(into)));
        } catch (error) {
          throw out(error);
        }
      },
      construct: (_, args) => (check(), out(Reflect.construct(inner as any, args.map(into)))),
      has: (_, key) => (check(), key in inner),
    });
    (out === leave ? toOutside : toInside).set(inner, proxy);
    (out === leave ? toInside : toOutside).set(proxy, inner);
    void back, forth;
    return proxy;
  }
  return { outside: leave(root) as T, revoke: () => (revoked = true) };
}
export function main(log: Log): unknown {
  class Wallet {
    coins: number[] = [];
    owner?: { name: string };
    constructor(public label: string) {}
    add(n: number, confirm?: (total: number, w: Wallet) => boolean) {
      if (confirm && !confirm(this.total + n, this)) throw new RangeError("refused " + n);
      this.coins.push(n);
      return this;
    }
    get total() {
      return this.coins.reduce((a, b) => a + b, 0);
    }
  }
  const inside = { Wallet, shared: new Wallet("shared"), same(x: unknown) { return x === this.shared; } };
  const { outside, revoke } = membrane(inside, (what) => log(what));
  const w = outside.shared;
  const out: unknown[] = [w === outside.shared, (w as any) === inside.shared, w.add(5).add(6) === w, w.total, outside.same(w), "coins" in w];
  const owner = { name: "me" };
  w.owner = owner;
  out.push(w.owner === owner, inside.shared.owner === owner, inside.shared.owner?.name);
  try {
    w.add(100, (total, again) => total < 50 || again !== w);
  } catch (error) {
    out.push((error as Error).message, error instanceof RangeError);
  }
  const made = new outside.Wallet("new");
  out.push(made.add(1).total, made.label);
  revoke();
  try {
    out.push(w.label);
  } catch (error) {
    out.push((error as Error).message);
  }
  return out;
}
