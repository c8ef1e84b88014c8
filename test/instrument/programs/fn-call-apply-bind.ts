// call, apply, bind and Reflect.apply on program functions, natives, bound natives, and on each other.
export function main(log: Log): unknown {
  function show(this: any, ...args: unknown[]) {
    log("show", this, args.length);
    return [typeof this, this?.id ?? String(this), ...args];
  }
  const o = { id: "o", show };
  const bound = show.bind(o, "first");
  const rebound = bound.bind({ id: "ignored" }, "second");
  const out: unknown[] = [
    show.call(1, 2),
    show.apply(null, [3]),
    show.apply(undefined, { length: 2, 0: "x" } as any),
    bound("z"),
    rebound("y"),
    (bound as any).call({ id: "also ignored" }),
    Function.prototype.call.call(show, "self", "arg"),
    Function.prototype.apply.call(show, "self2", ["arg2"]),
    (Function.prototype.call as any).apply(show, [{ id: "this" }, 1, 2]),
    Function.prototype.call.bind(show)("uncurried" as never),
    Reflect.apply(show, { id: "reflect" }, [1]),
    o.show?.call?.({ id: "optional" }),
    [1, 2, 3].map(Function.prototype.call, Number),
    ["a", "b"].map(Function.prototype.call.bind(String.prototype.toUpperCase) as any),
    Math.max.apply(null, [4, 8, 2]),
    Array.prototype.map.call("abc", function (this: any, c) { return this + c; } as any, "-"),
    [bound.name, bound.length, rebound.name, show.length],
  ];
  class P {
    parts: unknown[];
    constructor(...parts: unknown[]) {
      this.parts = parts;
      log(new.target === P);
    }
  }
  const BoundP: any = P.bind(null, 1, 2);
  out.push(new BoundP(3).parts, new BoundP() instanceof P, new BoundP() instanceof BoundP);
  function* gen(this: any, n: number) {
    while (n--) yield [this.id, n];
  }
  out.push([...gen.call({ id: "g" }, 2)], [...gen.bind({ id: "h" }, 1)()]);
  const arrow = (() => typeof (this as any)) as () => string;
  out.push(arrow.call(5));
  for (const f of [() => (show as any).apply(null, 5), () => Reflect.apply(5 as any, null, []), () => (Function.prototype.call as any).call(3)])
    try {
      out.push(f());
    } catch (e) {
      out.push((e as Error).name);
    }
  return out;
}
