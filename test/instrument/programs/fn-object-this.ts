// What `this` is: detached methods, getters through proxies of prototypes, callbacks, arrows in classes.
export function main(log: Log): unknown {
  const kind = (x: unknown) => (x === undefined ? "undefined" : x === null ? "null" : typeof x === "object" ? ((x as any).id ?? "object") : typeof x);
  const o: any = {
    id: "o",
    plain() {
      return kind(this);
    },
    arrowHolder() {
      return [() => kind(this), function (this: any) { return kind(this); }];
    },
    get via() {
      return this.plain;
    },
    nested: {
      id: "nested",
      plain() {
        return kind(this);
      },
    },
  };
  const { plain } = o;
  const [arrow, fn] = o.arrowHolder();
  const list: any = [o.plain, 1];
  list.id = "list";
  const out = [
    plain(),
    o["plain"](),
    (o.plain)(),
    (0, o.plain)(),
    (true && o.plain)(),
    (o.via)(),
    o.nested.plain(),
    (o.nested.plain = o.plain)(),
    list[0](),
    arrow.call({ id: "ignored" }),
    fn(),
    fn.call({ id: "called" }),
    [1].map(o.plain)[0],
    [1].map(o.plain, { id: "thisArg" })[0],
    new Map([[1, 1]]).forEach(function (this: any) { log(kind(this)); }, { id: "for map" }),
    (() => kind(o.plain && undefined))(),
    Reflect.apply(o.plain, 5, []),
    o?.plain(),
    o.plain?.(),
    `${{ toString: o.plain, id: "string" } as any}`,
    +({ valueOf() { return kind(this).length; }, id: "four" } as any),
    Object.create(o, { id: { value: "child" } }).plain(),
    (function (this: any) { return (() => (() => kind(this))())(); }).call({ id: "deep" }),
  ];
  class C {
    id = "C";
    own = () => kind(this);
    proto() {
      return kind(this);
    }
    static id = "static C";
    static s() {
      return [kind(this), (() => typeof this)()];
    }
  }
  const { own, proto } = new C();
  return [...out, own(), proto(), C.s(), (0, C.s)()];
}
