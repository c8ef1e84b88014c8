// Defaults see earlier parameters, have their own scope, can throw, can close over this and arguments.
let counter = 0;
export function main(log: Log): unknown {
  const out: unknown[] = [];
  function f(this: any, a = ++counter, b = a * 2, c = () => a + b, { d = c(), e = arguments.length } = {} as any, g = this?.tag) {
    a += 1;
    arguments[0] = "detached";
    return [a, b, c(), d, e, g, arguments.length];
  }
  out.push(f(), f(10), f.call({ tag: "T" }, undefined, 1, undefined, undefined), f(1, 2, () => 3, { d: 4, e: 5 }, "g"), f.length);
  function shadow(x: any, y = () => x, set = (v: any) => (x = v)) {
    var x: any;
    const before = [x, y()];
    x = "body";
    set("param");
    return [before, x, y()];
  }
  out.push(shadow("given"));
  function own(a: any, b = typeof local, c = (a = "changed by c")) {
    var local = "local";
    return [a, b, c, local];
  }
  out.push(own("x"));
  for (const bad of [
    // @ts-ignore
    (a = b, b = 1) => a,
    (a = a2()) => a,
    // @ts-ignore
    (a = a) => a,
    ({ x } = null as any) => x,
    (a: any, [b] = a) => b,
  ] as any[])
    try {
      out.push(bad());
    } catch (error) {
      out.push((error as Error).name);
    }
  function a2() {
    return log("a2 called"), "a2";
  }
  class C {
    n = 5;
    m = (x = this.n, y = (() => this.n + x)()) => [x, y];
    constructor(p = () => new.target, readonly q = p()?.name) {}
    set s(v = this.n) {
      this.n = v as number;
    }
    opt(a?: number, ...[b = a, { length } = [] as any]: any[]) {
      return [a, b, length];
    }
  }
  const c = new C();
  (c as any).s = undefined;
  out.push(c.m(), c.m(1), c.q, c.n, c.opt(), c.opt(1, undefined, "four"), C.prototype.opt.length);
  const recursive = (n: number, again: (n: number) => number[] = (k) => (k > 0 ? [k, ...recursive(k - 1, again)] : [])) => again(n);
  return [out, recursive(3), counter];
}
declare var local: any;
