// Names of classes and functions, inner bindings that cannot be assigned, self references, name fields.
export function main(log: Log): unknown {
  let Alias: any = class Inner {
    static self = () => Inner;
    static reassign() {
      try {
        // @ts-ignore
        Inner = 5;
      } catch (error) {
        return (error as Error).message;
      }
    }
    clone() {
      return new Inner();
    }
  };
  const Original = Alias;
  Alias = null;
  class Declared {
    static self = () => Declared;
  }
  const Kept: any = Declared;
  // @ts-ignore
  Declared = "replaced";
  const key = Symbol("sym");
  const objects: any = {
    anonymous: class {},
    arrow: () => {},
    [key]: () => {},
    [`comp${1}`]: function () {},
    get acc() {
      return 1;
    },
    method() {},
    named: function own() {},
    static: class {
      static name = "custom";
    },
    paren: (class {}),
    cond: true ? () => {} : null,
  };
  let [d1 = () => {}, { d2 = class {} } = {} as any] = [] as any;
  let later;
  later = function () {};
  let logical: any;
  logical ||= () => {};
  const parens = (0, () => {});
  const expo: any = {};
  expo.prop = () => {};
  const names = [...Reflect.ownKeys(objects).map((k) => objects[k]?.name), d1.name, d2.name, later.name, logical.name, parens.name, expo.prop.name];
  const descriptor = Object.getOwnPropertyDescriptor(objects, "acc")!.get!.name;
  const fact = function self(n: number): number {
    try {
      // @ts-ignore
      self = null;
    } catch (e) {
      log((e as Error).name);
    }
    return n < 2 ? 1 : n * self(n - 1);
  };
  return [Original.self() === Original, Original.reassign(), new Original().clone() instanceof Original, Kept.self(), names, descriptor, fact(3), (() => {}).name, ((a: any, b = 1, ...c: any[]) => {}).length, main.name, main.length].map((x) => (typeof x === "function" ? x.name : x));
}
