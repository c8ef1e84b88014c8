// Class heritage, computed keys, static fields, static blocks and methods, in textual order.
export function main(log: Log): unknown {
  const note = <T>(tag: string, value?: T): any => (log(tag), value ?? tag);
  class Base {
    static inherited = note("Base.inherited", 5);
    constructor() {
      log("Base constructor", new.target.name);
      this.hook();
    }
    hook() {
      log("Base hook");
    }
  }
  class Derived extends note("heritage", Base) {
    [note("field key f1")] = note("f1 value");
    static [note("static key s1")] = note("s1 value", this.inherited * 2);
    [note("method key m")]() {
      return "m";
    }
    static {
      log("block 1", Object.keys(this), "later" in this);
    }
    static later: string = note("later", `${this.name}/${super.inherited}`);
    declare ghost: number;
    plain = note("plain", this instanceof Derived);
    undefinedField: unknown;
    static {
      const closure = () => this;
      log("block 2", closure() === Derived, this.later);
    }
    hook() {
      log("Derived hook", Object.keys(this as object));
    }
  }
  const d: any = new Derived();
  log(Object.keys(d), "undefinedField" in d, "ghost" in d);
  try {
    class Broken {
      static a = note("Broken.a");
      static b = note("Broken.b") && (null as any).boom;
      static c = note("never");
    }
    log(Broken);
  } catch (e) {
    log((e as Error).name);
  }
  return [d["method key m"](), (Derived as any)["static key s1"], Object.getOwnPropertyNames(Derived)];
}
