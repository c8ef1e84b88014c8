// Symbols as keys, registry, descriptions, private-by-convention protocols, iteration order, coercion errors.
const START = Symbol("start");
const hooks = { before: Symbol(), after: Symbol.for("lab.after") } as const;
class Machine {
  static readonly [START] = "static start";
  [hooks.before](name: string) {
    return `before ${name}`;
  }
  get [hooks.after]() {
    return (name: string) => `after ${name} on ${this[Symbol.toStringTag]}`;
  }
  [Symbol.toStringTag] = "Machine";
  *[Symbol.iterator]() {
    for (const k of Reflect.ownKeys(Machine.prototype)) if (typeof k === "symbol") yield k;
  }
  run(name: string): string[] {
    return [this[hooks.before]?.(name), name, this[hooks.after](name)];
  }
  static [Symbol.for("factory")] = () => new this();
}
export function main(log: Log): unknown {
  const m: any = (Machine as any)[Symbol.for("factory")]();
  const names = [...m].map((s: symbol) => s.description ?? "none");
  const object: any = { [START]: 1, plain: 2, [Symbol.for("x")]: 3 };
  const copy = { ...object };
  const { [START]: taken, ...others } = object;
  log(m.run("job"), String(m), Object.keys(copy), Object.getOwnPropertySymbols(others).length);
  const failures = [() => START + "", () => +(START as any), () => `${START as any}`, () => Object(START) + "", () => Symbol.keyFor("x" as any), () => new (Symbol as any)(), () => [START].join()].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).message;
    }
  });
  const boxed = Object(START);
  object[boxed] = "via box";
  const unscoped = { [Symbol.unscopables]: { a: true }, a: 1 };
  const map = new Map<symbol, number>([[START, 1]]);
  map.set(Symbol.for("x"), 2);
  return [names, copy[Symbol.for("x")], taken, failures, object[START], String(START), START.toString(), START.description, Symbol.keyFor(hooks.after), Symbol.keyFor(START), typeof boxed, boxed == START, boxed === START, map.get(START), unscoped.a, JSON.stringify({ [START]: 1, s: START }), Machine[START], Object.is(Symbol.for("a"), Symbol.for("a"))];
}
