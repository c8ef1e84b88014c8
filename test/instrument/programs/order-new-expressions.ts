// new with member chains, calls in the callee, spread, missing parentheses and odd constructors.
export function main(log: Log): unknown {
  const lib: any = {
    ns: {
      Point: class Point {
        args: unknown[];
        constructor(...args: unknown[]) {
          log("Point", args.length);
          this.args = args;
        }
        static make(...a: unknown[]) {
          return new this(...a);
        }
      },
    },
    get Dynamic() {
      log("get Dynamic");
      return this.ns.Point;
    },
    factory(n: number) {
      log("factory", n);
      return class {
        n = n;
        clone() {
          return new (this.constructor as any)();
        }
      };
    },
  };
  const arg = <T>(v: T) => (log("arg", v), v);
  function Old(this: any, x: number) {
    if (!new.target) return new (Old as any)(x + 1);
    this.x = x;
    if (x > 5) return { replaced: x };
    if (x < 0) return 7 as any;
  }
  Old.prototype.twice = function (this: any) {
    return this.x * 2;
  };
  const out: unknown[] = [
    new lib.ns.Point(arg(1), ...[arg(2), arg(3)]).args,
    new lib.Dynamic().args,
    new lib.Dynamic,
    new (lib.factory(arg(4)))().clone().n,
    new (lib.factory(5)),
    new (Old as any)(3).twice(),
    (Old as any)(4).x,
    new (Old as any)(9),
    new (Old as any)(-1) instanceof Old,
    new (class extends lib.ns.Point {})(arg("anonymous"), arg("derived")).args,
    lib.ns.Point.make.call(lib.Dynamic, 1, 2).args,
  ];
  for (const bad of [() => {}, { m() {} }.m, 5, undefined, Math.max, function* () {}] as any[]) {
    try {
      out.push(new bad(arg("evaluated first")));
    } catch (error) {
      out.push((error as Error).name);
    }
  }
  return out;
}
