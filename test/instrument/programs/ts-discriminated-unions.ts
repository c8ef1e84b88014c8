// Discriminated unions, exhaustive switches, tuples, recursive types, a small type checker for lambda terms.
type Type = { kind: "num" } | { kind: "fn"; from: Type; to: Type } | { kind: "var"; id: number };
type Term = { tag: "lit"; n: number } | { tag: "ref"; name: string } | { tag: "lam"; arg: string; body: Term } | { tag: "app"; f: Term; x: Term } | { tag: "let"; name: string; init: Term; body: Term };
class TypeMismatch extends Error {
  override name = "TypeMismatch";
}
const assertNever = (x: never): never => {
  throw new Error("unexpected " + JSON.stringify(x));
};
class Checker {
  #next = 0;
  #solved = new Map<number, Type>();
  fresh = (): Type => ({ kind: "var", id: this.#next++ });
  resolve(t: Type): Type {
    for (let hit; t.kind === "var" && (hit = this.#solved.get(t.id)); ) t = hit;
    return t;
  }
  unify(a: Type, b: Type): void {
    [a, b] = [this.resolve(a), this.resolve(b)];
    if (a.kind === "var") return void (a !== b && this.#bind(a.id, b));
    if (b.kind === "var") return this.unify(b, a);
    if (a.kind === "fn" && b.kind === "fn") return this.unify(a.from, b.from), this.unify(a.to, b.to);
    if (a.kind !== b.kind) throw new TypeMismatch(`${this.show(a)} is not ${this.show(b)}`);
  }
  #bind(id: number, t: Type) {
    const occurs = (x: Type): boolean => ((x = this.resolve(x)), x.kind === "var" ? x.id === id : x.kind === "fn" && (occurs(x.from) || occurs(x.to)));
    if (occurs(t)) throw new TypeMismatch("infinite type");
    this.#solved.set(id, t);
  }
  infer(t: Term, env: ReadonlyMap<string, Type> = new Map()): Type {
    switch (t.tag) {
      case "lit":
        return { kind: "num" };
      case "ref":
        return env.get(t.name) ?? (() => { throw new TypeMismatch("unbound " + t.name); })();
      case "lam": {
        const from = this.fresh();
        return { kind: "fn", from, to: this.infer(t.body, new Map([...env, [t.arg, from]])) };
      }
      case "app": {
        const [f, x, to] = [this.infer(t.f, env), this.infer(t.x, env), this.fresh()];
        this.unify(f, { kind: "fn", from: x, to });
        return to;
      }
      case "let":
        return this.infer(t.body, new Map(env).set(t.name, this.infer(t.init, env)));
      default:
        return assertNever(t);
    }
  }
  show(t: Type): string {
    t = this.resolve(t);
    return t.kind === "num" ? "num" : t.kind === "var" ? "t" + t.id : `(${this.show(t.from)}->${this.show(t.to)})`;
  }
}
export function main(log: Log): unknown {
  const ref = (name: string): Term => ({ tag: "ref", name });
  const lam = (arg: string, body: Term): Term => ({ tag: "lam", arg, body });
  const app = (f: Term, x: Term): Term => ({ tag: "app", f, x });
  const lit: Term = { tag: "lit", n: 1 };
  const terms = [lam("x", ref("x")), lam("f", lam("x", app(ref("f"), app(ref("f"), ref("x"))))), app(lit, lit), lam("x", app(ref("x"), ref("x"))), app(lam("f", app(ref("f"), lit)), lam("y", ref("y"))), { tag: "let", name: "k", init: lam("a", lam("b", ref("a"))), body: app(ref("k"), lit) } as Term, ref("nope"), { tag: "odd" } as any];
  return terms.map((t) => {
    const c = new Checker();
    try {
      const type = c.infer(t);
      log(type.kind);
      return c.show(type);
    } catch (e) {
      return `${e}`;
    }
  });
}
