// A Pratt parser whose operators are closures in tables; prefix, infix, postfix, ternary, calls, errors.
type Tok = { t: string; v: string };
type Val = number | ((...a: number[]) => number);
const lex = function* (s: string): Generator<Tok> {
  for (const { groups: g } of s.matchAll(/\s*(?:(?<num>\d+(?:\.\d+)?)|(?<id>[a-z]\w*)|(?<op>\*\*|[-+*\/%!?:(),<]))/gy)) {
    const [[t, v]] = Object.entries(g!).filter(([, v]) => v !== undefined) as any;
    yield { t, v };
  }
  yield { t: "end", v: "end" };
};
class Pratt {
  #tokens: Iterator<Tok>;
  #now: Tok;
  depth = 0;
  static prefix: Record<string, (p: Pratt) => Val> = {
    "-": (p) => -p.#expr(14),
    "+": (p) => +p.#expr(14),
    "(": (p) => [p.#expr(0), p.#need(")")][0],
  };
  static infix: Record<string, [number, (l: any, p: Pratt) => Val]> = {
    "+": [10, (l, p) => l + p.#expr(10)],
    "-": [10, (l, p) => l - p.#expr(10)],
    "*": [12, (l, p) => l * p.#expr(12)],
    "/": [12, (l, p) => l / p.#expr(12)],
    "%": [12, (l, p) => l % p.#expr(12)],
    "**": [15, (l, p) => l ** p.#expr(13)],
    "<": [8, (l, p) => +(l < p.#expr(8))],
    "!": [18, (l) => (function f(n: number): number { return n < 2 ? 1 : n * f(n - 1); })(l)],
    "?": [2, (l, p) => { const a = p.#expr(0); p.#need(":"); const b = p.#expr(1); return l ? a : b; }],
    "(": [20, (l, p) => { const args: number[] = []; if (p.#now.v !== ")") do args.push(p.#expr(0)); while (p.#now.v === "," && p.#next()); p.#need(")"); if (typeof l !== "function") throw new TypeError("not callable"); return l(...args); }],
  };
  constructor(s: string, private env: Record<string, Val>) {
    this.#tokens = lex(s);
    this.#now = this.#tokens.next().value;
  }
  #next(): Tok {
    const t = this.#now;
    this.#now = this.#tokens.next().value ?? t;
    return t;
  }
  #need(v: string) {
    if (this.#now.v !== v) throw new SyntaxError(`need ${v} not ${this.#now.v}`);
    return this.#next();
  }
  #expr(min: number): any {
    this.depth++;
    const { t, v } = this.#next();
    let left: any = t === "num" ? +v : t === "id" ? (this.env[v] ?? (() => { throw new ReferenceError(v); })()) : Pratt.prefix[v]?.(this);
    if (left === undefined) throw new SyntaxError("unexpected " + v);
    for (let op; (op = Pratt.infix[this.#now.v]) && op[0] > min; ) this.#next(), (left = op[1](left, this));
    return left;
  }
  run() {
    const v = this.#expr(0);
    this.#need("end");
    return [v, this.depth];
  }
}
export function main(log: Log): unknown {
  const env: Record<string, Val> = { pi: 3, max: Math.max, twice: (x) => x! * 2, get lazy() { log("lazy"); return 7; } };
  return ["1+2*3", "-2**2", "2**3**2", "(1+2)*3!", "1<2?10:20?30:40", "max(1,twice(4),lazy)", "max()", "pi(1)", "1+", "(1", "5 % 3 - - 2", "nope", "1 2"].map((s) => {
    try {
      return new Pratt(s, env).run();
    } catch (e) {
      return `${e}`;
    }
  });
}
