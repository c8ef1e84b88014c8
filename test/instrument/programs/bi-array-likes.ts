// Array methods borrowed for objects with accessors and odd lengths; concat spreadability; copyWithin.
export function main(log: Log): unknown {
  const make = (): any => ({
    items: ["a", "b", "c"],
    get length() {
      log("length", this.items.length);
      return this.items.length;
    },
    set length(n) {
      log("length=", n);
      this.items.length = n;
    },
    get 0() {
      return this.items[0];
    },
    set 0(v) {
      log("0=", v);
      this.items[0] = v;
    },
    1: "one",
  });
  const o = make();
  const A: any = Array.prototype;
  const out: unknown[] = [
    A.push.call(o, "pushed"),
    A.pop.call(o),
    A.shift.call(make()),
    A.unshift.call(make(), "front"),
    A.splice.call(make(), 0, 1, "x", "y"),
    A.join.call(o, "+"),
    A.reverse.call({ length: 3, 0: 1, 2: 3 }),
    A.indexOf.call(o, "one", { valueOf: () => (log("from"), 1) }),
    A.includes.call({ length: "2", 1: NaN }, NaN),
    A.fill.call({ length: 3 }, "f", 1, -0),
    A.copyWithin.call({ length: 5, 3: "m" }, 0, 3),
    A.slice.call("string", -3),
    A.concat.call("s", [1], { length: 1, 0: "not spread" }, { length: 2, 0: "spread", [Symbol.isConcatSpreadable]: true }),
    A.lastIndexOf.call([1, 2, 1], 1, -2),
    A.at.call({ length: 2, 1: "at" }, -1),
    A.flat.call([1, [2, [3, [4]]], , [[[5]]]], 2),
  ];
  const unspreadable: any = [1, 2];
  unspreadable[Symbol.isConcatSpreadable] = false;
  out.push([0].concat(unspreadable, [3]).length, [, 1].concat([, 2]).length);
  for (const f of [() => A.push.call(Object.freeze([1]), 2), () => A.push.call({ length: 2 ** 53 - 1 }, 1), () => ([] as any).length = -1, () => A.splice.call(null), () => new Array(-1)])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  const list: any = [1, 2, 3];
  list[10] = "far";
  list["5.0"] = "not an index";
  list.length = { valueOf: () => (log("valueOf length"), 4) } as any;
  return [out, o.items, list.length, Object.keys(list)];
}
