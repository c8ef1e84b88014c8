import { randomOf } from "./harness/monitor.ts";

/*
 * Random programs: typed by construction, ended by fuel, full of side effects whose order shows in the log.
 * The same seed gives the same program.
 */

type Type = "num" | "str" | "bool" | "arr" | "obj" | "fn";
const TYPES: readonly Type[] = ["num", "num", "num", "str", "bool", "arr", "obj", "fn"];
const TS_TYPE: Record<Type, string> = {
  num: "number",
  str: "string",
  bool: "boolean",
  arr: "number[]",
  obj: "Obj",
  fn: "(x: number) => number",
};

interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly writable: boolean;
}

/** Where a statement stands: what it may break out of. */
interface Place {
  readonly depth: number;
  readonly labels: readonly string[];
  readonly loop: boolean;
  readonly inFunction: boolean;
  readonly inGenerator: boolean;
}

const PRELUDE = `interface Obj { a: number; b: string; c?: Obj; m(x: number): number }
let fuel = 200;
let trace: Log = () => {};
const burn = (): boolean => { if (--fuel < 0) throw new Error("out of fuel"); return true; };
const n = (tag: number, v: number): number => (trace(tag, v), v);
const cut = <T,>(list: T[]): T[] => list.slice(0, 6);
const int = (x: number): number => x | 0;
const mk = (a: number, b: string, c?: Obj): Obj => ({ a, b, c, m(x) { burn(); return this.a + x; } });
class Fault extends Error { constructor(readonly code: number) { super("fault " + code); } }
function* upTo(end: number, tag: number): Generator<number, number, unknown> {
  try { for (let i = 0; i < (end & 3) + 1; i++) { burn(); yield i; } return end; } finally { trace("closed", tag); }
}
const tag = (s: TemplateStringsArray, ...v: unknown[]): string => (s.raw.join("_") + v.map(String).join()).slice(0, 24);
`;

class ProgramWriter {
  private readonly random: (below: number) => number;
  private scopes: Variable[][] = [[]];
  private names = 0;
  private tags = 0;
  private readonly functions: { name: string; params: Type[]; result: Type }[] = [];
  private readonly classes: string[] = [];
  private readonly generators: string[] = [];

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  program(): string {
    const parts = [PRELUDE];
    for (const type of ["num", "arr", "obj"] as const) parts.push(this.declaration(type, "let", 1));
    const count = 2 + this.random(4);
    for (let i = 0; i < count; i++) {
      const make = this.pick([() => this.fn(), () => this.fn(), () => this.cls(), () => this.gen()]);
      parts.push(make());
    }
    const body = this.inScope(() =>
      this.block({ depth: 3, labels: [], loop: false, inFunction: true, inGenerator: false }, 7),
    );
    const globals = this.scopes[0]!.filter((v) => v.type !== "fn").map((v) => v.name);
    parts.push(`function body(): unknown {\n${body}\nreturn "end";\n}`);
    parts.push(`export function main(log: Log): unknown {
  trace = log;
  fuel = 250;
  let result: unknown;
  try { result = body(); } catch (e) { result = [(e as Error).name, (e as Error).message]; } finally { fuel = 250; }
  return [result, ${globals.join(", ")}];
}`);
    return `${parts.join("\n")}\n`;
  }

  // ---- small helpers

  private pick<T>(items: readonly T[]): T {
    return items[this.random(items.length)]!;
  }

  private chance(oneIn: number): boolean {
    return this.random(oneIn) === 0;
  }

  private name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  private inScope<T>(body: () => T): T {
    this.scopes.push([]);
    try {
      return body();
    } finally {
      this.scopes.pop();
    }
  }

  private declare(name: string, type: Type, writable: boolean): string {
    this.scopes[this.scopes.length - 1]!.push({ name, type, writable });
    return name;
  }

  private variable(type: Type, writable = false): string | null {
    const fitting = this.scopes.flat().filter((v) => v.type === type && (v.writable || !writable));
    return fitting.length === 0 ? null : this.pick(fitting).name;
  }

  // ---- expressions

  private expr(type: Type, d: number): string {
    switch (type) {
      case "num":
        return this.num(d);
      case "str":
        return this.str(d);
      case "bool":
        return this.bool(d);
      case "arr":
        return this.arr(d);
      case "obj":
        return this.obj(d);
      case "fn":
        return this.fnValue(d);
    }
  }

  private num(d: number): string {
    const v = this.variable("num");
    if (d <= 0)
      return v !== null && !this.chance(3) ? v : String(this.pick([0, 1, 2, 3, 7, -1, 255, 0.5, 1e9, -0]));
    const w = this.variable("num", true);
    const [e, f] = [() => this.num(d - 1), () => this.pick([() => this.num(0), () => this.num(d - 1)])()];
    const options: (() => string)[] = [
      () => `(${e()} ${this.pick(["+", "-", "*", "%", "&", "|", "^", "<<", ">>", ">>>"])} ${f()})`,
      () => `int((${e()}) ${this.pick(["/", "**"])} (${f()}))`,
      () => `n(${this.tags++}, ${e()})`,
      () => `(${this.bool(d - 1)} ? ${e()} : ${f()})`,
      () => `(${e()}, ${f()})`,
      () => `${this.arr(d - 1)}.length`,
      () => `(${this.arr(d - 1)}[${e()} & 3] ?? ${f()})`,
      () => `${this.obj(d - 1)}.a`,
      () => `(${this.obj(d - 1)}.c?.a ?? ${f()})`,
      () => `(${this.obj(d - 1)}.c?.c?.m(${e()}) ?? ${f()})`,
      () => `${this.obj(d - 1)}.m(${e()})`,
      () => `${this.obj(d - 1)}["m"]?.(${e()})!`,
      () => `${this.fnValue(d - 1)}(${e()})`,
      () => `-(${e()})`,
      () => `~${f()}`,
      () => `Number(${this.str(d - 1)}.length)`,
      () => `${this.arr(d - 1)}.reduce((p, q, i) => int(p + q * i), ${e()})`,
      () => `Math.max(...${this.arr(d - 1)}, ${e()})`,
      () => `((x: number, y = x + ${f()}, z = () => y) => (y++, z() + x))(${e()})`,
      () =>
        `(function (...r: number[]) { return r.length + (arguments[0] as number); })(${e()}, ...${this.arr(d - 1)})`,
      () => this.call("num", d) ?? e(),
      () => this.member(d) ?? e(),
      () => `[...${this.iterable(d)}].length`,
      () =>
        `Number(BigInt.asIntN(32, BigInt(int(${e()})) ${this.pick(["*", "+", "^", "<<"])} ${this.pick(["3n", "7n", "11n"])}))`,
      () =>
        `(() => { const { a, c: { a: deep = ${f()} } = {} as Partial<Obj> } = ${this.obj(d - 1)}; return a + deep; })()`,
      () => `(([p = ${f()}, , ...q]: number[]) => p + q.length)(${this.arr(d - 1)})`,
    ];
    if (w !== null)
      options.push(
        () => `${w}${this.pick(["++", "--"])}`,
        () => `++${w}`,
        () => `(${w} ${this.pick(["=", "+=", "-=", "^=", "|=", "&=", "??=", "||=", "&&="])} ${e()})`,
        () => `(${w} + (${w} = ${e()}) * ${w})`,
      );
    const a = this.variable("arr");
    if (a !== null)
      options.push(
        () => `(${a}[${e()} & 3] = ${f()})`,
        () => `(${a}[${e()} & 3]! += ${f()})`,
        () => `${a}[${e()} & 3]!++`,
      );
    const o = this.variable("obj");
    if (o !== null)
      options.push(
        () => `(${o}.a ${this.pick(["=", "+=", "*=", "??=", "||="])} int(${e()}))`,
        () => `--${o}.a`,
      );
    return this.pick(options)();
  }

  private member(d: number): string | null {
    if (this.classes.length === 0) return null;
    const c = this.pick(this.classes);
    const made = `new ${c}(${this.num(d - 1)})`;
    return this.pick([
      `${made}.m(${this.num(d - 1)})`,
      `${made}.g`,
      `(${made}.g = ${this.num(d - 1)})`,
      `${c}.s(${this.num(d - 1)})`,
      `++${made}.g`,
    ]);
  }

  private call(result: Type, d: number): string | null {
    const fitting = this.functions.filter((f) => f.result === result);
    if (fitting.length === 0) return null;
    const f = this.pick(fitting);
    const given = this.chance(3) ? f.params.slice(0, -1) : f.params;
    return `${f.name}(${given.map((p) => this.expr(p, d - 1)).join(", ")})`;
  }

  private iterable(d: number): string {
    const g = this.generators.length > 0 && this.chance(2) ? this.pick(this.generators) : null;
    if (g !== null) return `${g}(${this.num(d - 1)})`;
    return this.pick([
      () => `upTo(${this.num(d - 1)}, ${this.tags++})`,
      () => `new Set(${this.arr(d - 1)})`,
      () => `${this.arr(d - 1)}.entries()`,
      () => `new Map(Array.from(${this.arr(d - 1)}, (v, i) => [i, v] as const)).values()`,
      () => `${this.str(d - 1)}`,
    ])();
  }

  private str(d: number): string {
    const v = this.variable("str");
    if (d <= 0)
      return v !== null && !this.chance(3) ? v : JSON.stringify(this.pick(["", "a", "xyz", "0", "é😀"]));
    return this.pick<() => string>([
      () => `(${this.str(d - 1)} + ${this.expr(this.pick(["num", "str", "bool"]), d - 1)}).slice(0, 12)`,
      () => `\`\${${this.num(d - 1)}}:\${${this.str(d - 1)}}\`.slice(0, 12)`,
      () => `tag\`p\${${this.num(d - 1)}}q\${${this.str(d - 1)}}\``,
      () => `${this.arr(d - 1)}.join(${this.str(0)}).slice(0, 12)`,
      () =>
        `${this.str(d - 1)}.replace(/[a-z0-9]/g, (c, i: number) => (burn(), c + ${this.num(0)} + i)).slice(0, 12)`,
      () => `(typeof ${this.expr(this.pick(TYPES), 0)})`,
      () => `(${this.obj(d - 1)}.b ||= ${this.str(d - 1)})`,
      () => `JSON.stringify(${this.arr(d - 1)}, (k, v) => (k === "1" ? ${this.num(0)} : v)).slice(0, 12)`,
      () => `Object.keys(${this.obj(d - 1)}).join()`,
      () => `String({ toString: () => ${this.str(d - 1)}, valueOf: () => ${this.num(0)} })`,
    ])();
  }

  private bool(d: number): string {
    const v = this.variable("bool");
    if (d <= 0) return v !== null && !this.chance(3) ? v : this.pick(["true", "false"]);
    return this.pick<() => string>([
      () => `(${this.num(d - 1)} ${this.pick(["<", ">", "<=", "===", "!=="])} ${this.num(d - 1)})`,
      () => `!${this.bool(d - 1)}`,
      () => `(${this.bool(d - 1)} ${this.pick(["&&", "||"])} ${this.bool(d - 1)})`,
      () => `(${this.str(d - 1)} < ${this.str(d - 1)})`,
      () => `(${this.str(0)} in ${this.obj(d - 1)})`,
      () => `${this.arr(d - 1)}.${this.pick(["some", "every"])}((x) => (burn(), x > ${this.num(d - 1)}))`,
      () =>
        this.chance(3)
          ? `(delete (${this.arr(d - 1)} as unknown[])[${this.num(0)} & 1])`
          : `Array.isArray(${this.arr(d - 1)})`,
      () => `Object.is(${this.num(d - 1)}, ${this.num(d - 1)})`,
    ])();
  }

  private arr(d: number): string {
    const v = this.variable("arr");
    if (d <= 0) return v !== null && !this.chance(3) ? v : this.pick(["[]", "[1, 2, 3]", "[3, -1]"]);
    return this.pick<() => string>([
      () => `[${this.num(d - 1)}, ${this.num(d - 1)}]`,
      () => `[...cut(${this.arr(d - 1)}), ${this.num(d - 1)}]`,
      () => `cut(${this.arr(d - 1)}).map((x, i) => (burn(), ${this.inLambda(["x", "i"], d - 1)}))`,
      () => `${this.arr(d - 1)}.filter((x) => (burn(), x ${this.pick(["<", ">"])} ${this.num(d - 1)}))`,
      () => `[...${this.arr(d - 1)}].sort((x, y) => ${this.pick(["x - y", "y - x", "(x & 3) - (y & 3)"])})`,
      () => `Array.from({ length: ${this.num(d - 1)} & 3 }, (_, i) => ${this.inLambda(["i"], d - 1)})`,
      () => `cut(${this.arr(d - 1)}).flatMap((x) => [x, ${this.num(0)}]).slice(1)`,
      () => `Array.from(${this.iterable(d)}, (x) => Number(x) | 0)`,
      () => `(({ a, ...rest }: Obj) => Object.keys(rest).map((k) => k.length + a))(${this.obj(d - 1)})`,
      () => `[...Uint8Array.of(${this.num(d - 1)}, ${this.num(d - 1)})]`,
      () => `(([x = ${this.num(0)}, y = x]: number[]) => [y, x])(${this.arr(d - 1)})`,
      () => this.call("arr", d) ?? "[4]",
    ])();
  }

  private inLambda(params: string[], d: number): string {
    return this.inScope(() => {
      for (const p of params) this.declare(p, "num", true);
      return this.num(d);
    });
  }

  private obj(d: number): string {
    const v = this.variable("obj");
    if (d <= 0) return v !== null && !this.chance(3) ? v : `mk(${this.num(0)}, "o")`;
    return this.pick<() => string>([
      () => `mk(${this.num(d - 1)}, ${this.str(d - 1)})`,
      () => `mk(${this.num(d - 1)}, ${this.str(d - 1)}, ${this.obj(d - 1)})`,
      () => `({ ...${this.obj(d - 1)}, a: ${this.num(d - 1)} })`,
      () =>
        `({ a: ${this.num(d - 1)}, ["b"]: ${this.str(d - 1)}, m: (x: number) => (burn(), ${this.inLambda(["x"], d - 1)}) })`,
      () =>
        `({ get a() { burn(); return ${this.num(d - 1)}; }, set a(v) { trace("set", v); }, b: "acc", m(x: number) { return x; } })`,
      () => `Object.assign(mk(1, "as"), { a: ${this.num(d - 1)} })`,
      () => `(${this.bool(d - 1)} ? ${this.obj(d - 1)} : ${this.obj(0)})`,
      () =>
        `new Proxy(mk(${this.num(d - 1)}, "px"), { get: (t, k, r) => (trace("get", String(k)), Reflect.get(t, k, r)) })`,
      () => this.call("obj", d) ?? this.obj(0),
    ])();
  }

  private fnValue(d: number): string {
    const v = this.variable("fn");
    if (v !== null && (d <= 0 || this.chance(2))) return v;
    return this.pick([
      () => `((x: number) => (burn(), ${this.inLambda(["x"], d - 1)}))`,
      () => `(function (x: number): number { burn(); return ${this.inLambda(["x"], d - 1)}; })`,
      () => `mk.bind(null, 2, "bound")().m.bind(mk(${this.num(d - 1)}, "b"))`,
    ])();
  }

  // ---- statements

  private block(p: Place, count: number): string {
    const lines: string[] = [];
    const amount = 1 + this.random(count);
    for (let i = 0; i < amount; i++) lines.push(this.statement(p));
    return lines.join("\n");
  }

  private nested(p: Place, count = 3): string {
    return `{\n${this.inScope(() => this.block({ ...p, depth: p.depth - 1 }, count))}\n}`;
  }

  private declaration(
    type = this.pick(TYPES),
    keyword = this.pick(["let", "const", "let", "var"]),
    d = 2,
  ): string {
    const value = this.expr(type, d);
    const name = this.declare(this.name("v"), type, keyword !== "const" && type !== "arr" && type !== "obj");
    return `${keyword} ${name}: ${TS_TYPE[type]} = ${value};`;
  }

  private statement(p: Place): string {
    if (p.depth <= 0) return this.simple(p);
    return this.pick<() => string>([
      () => this.simple(p),
      () => this.simple(p),
      () => `if (${this.bool(2)}) ${this.nested(p)}${this.chance(2) ? ` else ${this.nested(p)}` : ""}`,
      () => this.forLoop(p),
      () => this.forOf(p),
      () => this.forIn(p),
      () => this.whileLoop(p),
      () => this.tryStatement(p),
      () => this.switchStatement(p),
      () => this.closures(p),
      () => this.localFunction(p),
    ])();
  }

  private simple(p: Place): string {
    const options: (() => string)[] = [
      () => this.declaration(),
      () => this.declaration(),
      () => `trace(${this.tags++}, ${this.expr(this.pick(["num", "str", "bool", "arr"]), 3)});`,
      () => `${this.num(3)};`,
      () => this.swap() ?? `${this.num(2)};`,
      () => this.patterns(),
    ];
    if (p.loop) options.push(() => `if (${this.bool(1)}) ${this.pick(["break", "continue"])};`);
    if (p.labels.length > 0) options.push(() => `if (${this.bool(1)}) break ${this.pick(p.labels)};`);
    if (p.inFunction && this.chance(4))
      options.push(() => `if (${this.bool(2)} && ${this.bool(1)}) throw new Fault(${this.num(1)});`);
    if (p.inGenerator)
      options.push(
        () => `trace("got", yield ${this.num(2)});`,
        () => `yield* upTo(${this.num(1)}, ${this.tags++});`,
      );
    return this.pick(options)();
  }

  private swap(): string | null {
    const [a, b] = [this.variable("num", true), this.variable("num", true)];
    const list = this.variable("arr");
    if (a === null || b === null || list === null) return null;
    return this.pick([
      () => `[${a}, ${b}] = [${b}, ${a}];`,
      () => `[${a} = ${this.num(1)}, ${list}[1]] = ${this.arr(1)} as [number, number];`,
      () => `({ a: ${a}, c: { a: ${b} = ${this.num(1)} } = {} as Partial<Obj> } = ${this.obj(1)});`,
      () =>
        `[${list}[${this.num(1)} & 3], ${a} = ${this.num(1)}] = ${this.iterableOfNumbers()} as [number, number];`,
    ])();
  }

  private iterableOfNumbers(): string {
    return this.pick([() => this.arr(1), () => `[...upTo(${this.num(1)}, ${this.tags++})]`])();
  }

  private patterns(): string {
    const [source, fallback, inner] = [this.arr(2), this.num(1), this.arr(1)];
    const [x, y] = [this.declare(this.name("d"), "num", true), this.declare(this.name("d"), "num", true)];
    return `let [${x} = ${fallback}, { length: ${y} } = [9, 9]] = [${source}[0], ${inner}] as [number | undefined, number[]];`;
  }

  private label(p: Place): [string, Place] {
    const label = this.chance(3) ? this.name("L") : null;
    const labels = label === null ? p.labels : [...p.labels, label];
    return [label === null ? "" : `${label}: `, { ...p, labels, loop: true }];
  }

  private forLoop(p: Place): string {
    const [label, inner] = this.label(p);
    return this.inScope(() => {
      const i = this.declare(this.name("i"), "num", false);
      const fn = this.chance(2) ? this.variable("fn", true) : null;
      const capture = fn === null ? "" : `${fn} = (x) => x + ${i};`;
      return `${label}for (let ${i} = 0; burn() && ${i} < ${1 + this.random(4)}; ${i}++) {\n${capture}${this.nested(inner)}\n}`;
    });
  }

  private forOf(p: Place): string {
    const [label, inner] = this.label(p);
    const source = this.iterable(2);
    return this.inScope(() => {
      const x = this.name("x");
      const k = this.declare(this.name("k"), "num", true);
      return `${label}for (const ${x} of ${source}) {\nburn();\nlet ${k} = Number(${x}) | 0;\n${this.nested(inner)}\n}`;
    });
  }

  private forIn(p: Place): string {
    const [label, inner] = this.label(p);
    const source = this.expr(this.pick(["obj", "arr"]), 2);
    return this.inScope(() => {
      const k = this.declare(this.name("key"), "str", false);
      return `${label}for (const ${k} in ${source}) {\nburn();\n${this.nested(inner)}\n}`;
    });
  }

  private whileLoop(p: Place): string {
    const [label, inner] = this.label(p);
    const count = this.name("w");
    const test = `burn() && ++${count} < ${2 + this.random(3)} && ${this.bool(1)}`;
    const body = this.nested(inner);
    return `let ${count} = 0;\n${label}${this.chance(2) ? `while (${test}) ${body}` : `do ${body} while (${test});`}`;
  }

  private tryStatement(p: Place): string {
    const body = this.nested(p);
    const caught = this.inScope(() => {
      const code = this.declare(this.name("code"), "num", true);
      const inner = this.nested(p);
      return `catch (error) { let ${code} = error instanceof Fault ? error.code : -1; trace("caught", ${code}); if (fuel < 0) throw error;\n${inner} }`;
    });
    const last = `finally { trace("finally", ${this.tags++});\n${this.chance(3) ? this.nested(p, 2) : ""} }`;
    return `try ${body} ${this.pick([caught, last, `${caught} ${last}`])}`;
  }

  private switchStatement(p: Place): string {
    const subject = this.num(2);
    const cases = Array.from({ length: 2 + this.random(2) }, () => {
      const head = this.chance(4) ? `case ${this.num(1)} & 3:` : `case ${this.random(4)}:`;
      return `${head} ${this.nested({ ...p, loop: false }, 2)}${this.chance(2) ? " break;" : ""}`;
    });
    cases.splice(this.random(cases.length + 1), 0, `default: ${this.nested({ ...p, loop: false }, 2)}`);
    return `switch (${subject} & 3) {\n${cases.join("\n")}\n}`;
  }

  private closures(p: Place): string {
    const list = this.name("fs");
    const x = this.name("c");
    const body = this.inScope(() => {
      this.declare(x, "num", true);
      return `${list}.push(() => (burn(), ${this.num(2)}), () => ++${x});\n${this.nested(p, 2)}`;
    });
    return `const ${list}: (() => number)[] = [];\nfor (let ${x} = 0; burn() && ${x} < 2; ${x}++) {\n${body.replace(/\b(break|continue)\b(?! L)/g, ";")}\n}\ntrace(${list}.map((f) => f()));`;
  }

  private localFunction(p: Place): string {
    const name = this.name("local");
    const body = this.inScope(() => {
      const x = this.declare(this.name("p"), "num", true);
      const y = this.declare(this.name("p"), "num", true);
      const inner = this.block({ ...p, depth: p.depth - 2, labels: [], loop: false, inGenerator: false }, 3);
      return `function ${name}(${x}: number, ${y} = ${x}): number {\nburn();\n${inner}\nreturn ${this.num(2)};\n}`;
    });
    this.declare(name, "fn", false);
    return body;
  }

  // ---- declarations at the top

  private fn(): string {
    const name = this.name("f");
    const params = Array.from({ length: 1 + this.random(3) }, () =>
      this.pick(["num", "str", "arr", "obj"] as const),
    );
    const result = this.pick(["num", "num", "arr", "obj"] as const);
    const text = this.inScope(() => {
      const list = params.map((type, i) => {
        const fallback = i === params.length - 1 ? ` = ${this.expr(type, 1)}` : "";
        const param = this.declare(this.name("p"), type, type === "num");
        return `${param}: ${TS_TYPE[type]}${fallback}`;
      });
      const body = this.block({ depth: 2, labels: [], loop: false, inFunction: true, inGenerator: false }, 5);
      return `function ${name}(${list.join(", ")}): ${TS_TYPE[result]} {\nburn();\n${body}\nreturn ${this.expr(result, 2)};\n}`;
    });
    this.functions.push({ name, params, result });
    return text;
  }

  private gen(): string {
    const name = this.name("gen");
    const text = this.inScope(() => {
      const p = this.declare(this.name("p"), "num", true);
      const body = this.block({ depth: 2, labels: [], loop: false, inFunction: true, inGenerator: true }, 4);
      return `function* ${name}(${p}: number): Generator<number, number, unknown> {\nburn();\ntry {\n${body}\nyield ${p};\n} finally { trace("end of ${name}"); }\nreturn ${this.num(1)};\n}`;
    });
    this.generators.push(name);
    return text;
  }

  private cls(): string {
    const name = this.name("C");
    const parent = this.classes.length > 0 && this.chance(2) ? this.pick(this.classes) : null;
    const value = (params: string[]): string => this.inLambda(params, 2);
    const text = `class ${name}${parent ? ` extends ${parent}` : ""} {
  #p = ${this.num(1)};
  f = n(${this.tags++}, ${this.num(1)});
  static count = ${this.num(1)};
  constructor(public q: number = ${this.num(1)}) { ${parent ? "super(q + 1);" : "burn();"} trace("${name}", this.#p, this.q); this.#p += q; ${name}.count++; }
  get g(): number { return int(this.#p + ${parent ? "super.g" : "this.f"}); }
  set g(v) { trace("set g", v); this.#p = v; ${parent ? "super.g = v;" : ""} }
  m(x: number): number { burn(); return int(${value(["x"])} + ${parent ? "super.m(x)" : "this.#p"}); }
  static s(x = this.count): number { return int(${value(["x"])} + ${parent ? "super.s(x)" : "x"}); }
  static { trace ??= () => {}; this.count += ${this.num(1)}; }
}`;
    this.classes.push(name);
    return text;
  }
}

/** The program of a seed: TypeScript that exports `main(log)`. */
export function generateProgram(seed: number): string {
  return new ProgramWriter(seed).program();
}
