// Functions as objects: properties, length, name, prototype, toString of classes is not compared; statics copied.
export function main(log: Log): unknown {
  function counter(this: any, step = 1) {
    counter.count += step;
    return counter;
  }
  counter.count = 0;
  counter.reset = () => ((counter.count = 0), counter);
  const chained = counter(5).reset()(2)(3).count;
  const kinds = { arrow: () => {}, method() {}, fn: function () {}, gen: function* () {}, get acc() { return 1; }, cls: class { static x = 1; m() {} } } as any;
  const shape = Object.keys(kinds).filter((k) => k !== "acc").map((k) => {
    const f = kinds[k];
    return [k, f.name, f.length, Object.hasOwn(f, "prototype"), typeof f.prototype, Object.getOwnPropertyNames(f).filter((n) => !["arguments", "caller"].includes(n)).sort().join()];
  });
  const describe = (o: object, k: string) => { const d: any = Object.getOwnPropertyDescriptor(o, k); return d && ["writable", "enumerable", "configurable"].map((x) => (d[x] ? x[0] : "-")).join(""); };
  const attributes = [describe(counter, "name"), describe(counter, "length"), describe(kinds.fn, "prototype"), describe(kinds.cls, "prototype"), describe(kinds.cls, "x"), describe(kinds.cls.prototype, "m"), describe(kinds.fn.prototype, "constructor"), describe(kinds, "acc")];
  const failures = [() => ((counter as any).name = "x"), () => (kinds.cls.prototype = {}), () => new kinds.arrow(), () => new kinds.method(), () => kinds.cls(), () => Object.defineProperty(counter, "name", { value: "renamed" }).name, () => (kinds.fn.prototype = { z: 1 }).z, () => new kinds.fn().z, () => delete kinds.arrow.length && kinds.arrow.length].map((f) => {
    try {
      return f();
    } catch (error) {
      log((error as Error).message.replace(/of function '[^]*|function[^]*is not/, "of <source>"));
      return (error as Error).name;
    }
  });
  const protoless = Object.setPrototypeOf(() => "called", null);
  return [chained, shape, attributes, failures, protoless(), counter.length, { ...counter }.count, Object.assign(() => 1, counter).count, counter instanceof Function, Function.prototype.isPrototypeOf(kinds.cls)];
}
