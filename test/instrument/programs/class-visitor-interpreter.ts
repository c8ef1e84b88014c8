// Double dispatch over an AST with abstract classes, environments and early exits by exceptions.
abstract class Node_ {
  abstract accept<R>(v: Visitor<R>): R;
}
interface Visitor<R> {
  num(n: Num): R;
  bin(b: Bin): R;
  let_(l: Let): R;
  ref(r: Ref): R;
  cond(c: Cond): R;
}
class Num extends Node_ {
  constructor(readonly value: number) {
    super();
  }
  accept = <R>(v: Visitor<R>): R => v.num(this);
}
class Bin extends Node_ {
  constructor(readonly op: string, readonly l: Node_, readonly r: Node_) {
    super();
  }
  accept<R>(v: Visitor<R>): R {
    return v.bin(this);
  }
}
class Let extends Node_ {
  constructor(readonly name: string, readonly init: Node_, readonly body: Node_) {
    super();
  }
  accept<R>(v: Visitor<R>): R {
    return v.let_(this);
  }
}
class Ref extends Node_ {
  constructor(readonly name: string) {
    super();
  }
  accept<R>(v: Visitor<R>): R {
    return v.ref(this);
  }
}
class Cond extends Node_ {
  constructor(readonly parts: readonly [Node_, Node_, Node_]) {
    super();
  }
  accept<R>(v: Visitor<R>): R {
    return v.cond(this);
  }
}
class Eval implements Visitor<number> {
  #scopes: Map<string, number>[] = [new Map()];
  steps = 0;
  static ops: Record<string, (a: number, b: () => number) => number> = { "+": (a, b) => a + b(), "*": (a, b) => (a === 0 ? 0 : a * b()), "/": (a, b) => { const d = b(); if (d === 0) throw new RangeError("division"); return a / d; } };
  num = ({ value }: Num) => (this.steps++, value);
  bin({ op, l, r }: Bin) {
    return Eval.ops[op]!(l.accept(this), () => r.accept(this));
  }
  let_({ name, init, body }: Let) {
    const scope = new Map([[name, init.accept(this)]]);
    this.#scopes.unshift(scope);
    try {
      return body.accept(this);
    } finally {
      this.#scopes.shift();
    }
  }
  ref({ name }: Ref) {
    for (const scope of this.#scopes) if (scope.has(name)) return scope.get(name)!;
    throw new ReferenceError(name + " at depth " + this.#scopes.length);
  }
  cond({ parts: [test, ...arms] }: Cond) {
    return arms[test.accept(this) ? 0 : 1]!.accept(this);
  }
}
class Show implements Visitor<string> {
  num = (n: Num) => `${n.value}`;
  bin = (b: Bin) => `(${b.l.accept(this)}${b.op}${b.r.accept(this)})`;
  let_ = (l: Let) => `let ${l.name}=${l.init.accept(this)} in ${l.body.accept(this)}`;
  ref = ({ name }: Ref) => name;
  cond = (c: Cond) => c.parts.map((p) => p.accept(this)).join("?");
}
export function main(log: Log): unknown {
  const n = (v: number) => new Num(v);
  const programs = [
    new Let("x", n(5), new Bin("*", new Ref("x"), new Let("x", n(2), new Bin("+", new Ref("x"), n(1))))),
    new Cond([new Bin("*", n(0), new Ref("unbound")), new Ref("never"), n(9)]),
    new Let("y", n(1), new Bin("/", n(1), new Bin("+", new Ref("y"), n(-1)))),
    new Let("z", new Ref("z"), n(0)),
  ];
  const evaluator = new Eval();
  return programs.map((p) => {
    log(p.accept(new Show()));
    try {
      return p.accept(evaluator);
    } catch (error) {
      return `${error}`;
    }
  }).concat(evaluator.steps as any);
}
