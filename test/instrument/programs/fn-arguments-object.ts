// arguments in strict code, in arrows, with rest, passed on, iterated, and after reassignment.
export function main(log: Log): unknown {
  function collect(a?: any, b?: any) {
    const arrow = (...inner: any[]) => [arguments.length, inner.length, arguments[0]];
    a = "changed";
    const before = [...arguments];
    arguments[1] = "element";
    arguments.length = 2;
    return [before, b, Array.prototype.slice.call(arguments), arrow(1, 2, 3), Object.prototype.toString.call(arguments)];
  }
  const o = {
    method() {
      return (() => () => [this === o, arguments])()();
    },
    get count() {
      return arguments.length;
    },
    set count(v) {
      log("setter", arguments.length, arguments[0]);
    },
    *gen() {
      for (const x of arguments) yield x;
    },
    forward() {
      return collect.apply(this, arguments as any);
    },
    sum: function (...n: number[]) {
      return arguments.length === n.length ? n.reduce((x, y) => x + y, 0) : NaN;
    },
  } as any;
  class K {
    args: any;
    constructor() {
      this.args = arguments;
    }
    field = (() => typeof this)();
  }
  o.count = 9;
  const keys: string[] = [];
  (function (..._: any[]) {
    for (const k in arguments) keys.push(k);
    delete arguments[0];
    keys.push(String(0 in arguments), String(arguments.length));
  })("a", "b");
  try {
    (function () {
      return (arguments as any).callee;
    })();
  } catch (error) {
    log((error as Error).name);
  }
  const [, inner] = [...o.method(7, 8)];
  return [collect(1), collect(1, 2, 3), Array.from(inner), o.count, [...o.gen("x", "y")], o.forward("f"), o.sum(1, 2, 3), (new (K as any)(1, 2)).args.length, keys];
}
