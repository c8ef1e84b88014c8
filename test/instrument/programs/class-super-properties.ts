// super reads look above, super writes land on this; static super, super in arrows, getters, literals.
export function main(log: Log): unknown {
  class Base {
    static kind = "Base.kind";
    static make() {
      return [this.name, this.kind];
    }
    get color() {
      log("Base get", (this as any).n);
      return "red" + (this as any).n;
    }
    set color(v: string) {
      log("Base set", v);
      (this as any).painted = v;
    }
    ["m" + 1](...a: number[]) {
      return [this.constructor.name, ...a];
    }
  }
  (Base.prototype as any).shared = ["proto"];
  class Derived extends Base {
    static override kind = super.kind + "+Derived";
    n = 1;
    static override make() {
      const again = () => super.make();
      return [...again(), ...super["make"].call({ name: "fake", kind: "kind" })];
    }
    override get color() {
      return `dark ${super.color}`;
    }
    override set color(v) {
      super.color = v + "!";
      super.fresh = v;
      (super.counter as any) ??= 5;
      super.n += 10;
    }
    test(key: string) {
      const nested = () => [1, 2].map((x) => super[key](x, ...[x * 2]));
      (super.shared as any).push("mutated");
      delete (this as any).painted;
      const o = { color: "own", __proto__: { color: "above", get deep() { return this.color; } }, read() {
        return [super.color, super.deep, super.toString === Object.prototype.toString];
      } } as any;
      return [nested(), o.read(), typeof (super["missing" as never] as any), super.hasOwnProperty("n")];
    }
  }
  interface Derived {
    fresh: any;
    counter: any;
    shared: any;
    [key: string]: any;
  }
  interface Base {
    [key: string]: any;
  }
  const d = new Derived();
  d.color = "blue";
  const results: unknown[] = [d.color, d.test("m1"), Derived.make(), { ...d }, (Base.prototype as any).shared];
  const borrowed = Derived.prototype.test;
  Object.setPrototypeOf(Derived.prototype, { m1: (...a: number[]) => "swapped" + a, shared: [], hasOwnProperty: () => "faked" });
  results.push(borrowed.call(d, "m1"));
  try {
    delete (super_ as any).x;
  } catch (error) {
    results.push((error as Error).name);
  }
  return results;
  var super_: any = d.anything.x;
}
