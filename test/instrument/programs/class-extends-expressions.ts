// extends with mixins, null, calls, conditions; prototypes that are no objects; order of evaluation.
type Constructor<T = object> = new (...args: any[]) => T;
export function main(log: Log): unknown {
  const Named = <B extends Constructor>(base: B, name: string) =>
    class Named extends base {
      static mixed = [...((base as any).mixed ?? []), name];
      names = [...((this as any).names ?? []), name];
      hello(): string {
        return `${name}>${(super.hello as any)?.() ?? "end"}`;
      }
    } as B & Constructor<{ names: string[]; hello(): string }> & { mixed: string[] };
  interface Object {
    hello?: unknown;
  }
  class Root {
    constructor(readonly n: number) {
      log("root", n, new.target.name);
    }
  }
  class Full extends (log("heritage"), Named(Named(Root, "first"), "second")) {
    override hello() {
      return "full>" + super.hello();
    }
  }
  const full = new Full(5);
  class NullProto extends (null as any) {
    static make() {
      return Object.create(this.prototype);
    }
    constructor() {
      return Object.create(new.target.prototype) as any;
    }
    method() {
      return typeof (this as any).toString;
    }
  }
  const out: unknown[] = [full.hello(), full.names, Full.mixed, NullProto.make().method(), Object.keys(new (NullProto as any)())];
  function OldStyle(this: any, n: number) {
    this.old = n;
  }
  OldStyle.prototype = { shared: () => "old proto" };
  class FromOld extends (OldStyle as any as Constructor<any>) {
    twice = this.old * 2;
  }
  out.push(new FromOld(21).twice, new FromOld(1).shared(), new FromOld(1).constructor === Object);
  for (const heritage of [5, {}, () => {}, function* () {}, undefined, Math.max, new Proxy(Root, {}), Object.assign(function () {}, { prototype: 3 })] as any[])
    try {
      out.push(typeof class extends heritage {});
    } catch (error) {
      out.push((error as Error).name);
    }
  const bound = Root.bind(null, 77);
  try {
    out.push(new (bound as any)().n, new (class extends (bound as any) {} as any)());
  } catch (error) {
    out.push((error as Error).name);
  }
  return out;
}
