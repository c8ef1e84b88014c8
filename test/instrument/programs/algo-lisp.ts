// A Lisp with closures, macros, tail calls by a loop, varargs, and errors that carry a trace.
type Cell = string | number | Cell[] | Fn_ | boolean | undefined;
type Fn_ = ((...args: Cell[]) => Cell) & { macro?: boolean; tail?: [params: string[], body: Cell, env: Env] };
type Env = { vars: Map<string, Cell>; up?: Env };
const read = (src: string): Cell[] => {
  const stack: Cell[][] = [[]];
  for (const t of src.match(/[()']|[^\s()']+/g) ?? [])
    if (t === "(") stack.push([]);
    else if (t === ")") {
      const done = stack.pop()!;
      (stack.at(-1) ?? (() => { throw new SyntaxError("unbalanced"); })()).push(done);
    } else stack.at(-1)!.push(isNaN(+t) ? t : +t);
  if (stack.length !== 1) throw new SyntaxError("unbalanced");
  return stack[0]!;
};
const lookup = (name: string, env?: Env): Map<string, Cell> => {
  for (; env; env = env.up) if (env.vars.has(name)) return env.vars;
  throw new ReferenceError(name);
};
function evaluate(x: Cell, env: Env): Cell {
  for (;;) {
    if (typeof x === "string") return lookup(x, env).get(x);
    if (!Array.isArray(x)) return x;
    const [head, ...rest] = x;
    switch (head) {
      case "quote":
        return rest[0];
      case "if":
        x = evaluate(rest[0], env) !== false ? rest[1] : rest[2];
        continue;
      case "define":
        env.vars.set(rest[0] as string, evaluate(rest[1], env));
        return rest[0];
      case "set!":
        lookup(rest[0] as string, env).set(rest[0] as string, evaluate(rest[1], env));
        return undefined;
      case "lambda":
      case "macro": {
        const [params, body] = rest as [string[], Cell];
        const made: Fn_ = Object.assign((...args: Cell[]) => evaluate(body, bind(params, args, env)), { macro: head === "macro", tail: [params, body, env] as any });
        return made;
      }
      case "do":
        for (const e of rest.slice(0, -1)) evaluate(e, env);
        x = rest.at(-1);
        continue;
    }
    const f = evaluate(head, env) as Fn_;
    if (typeof f !== "function") throw new TypeError(`${String(head)} is no function`);
    const args = f.macro ? rest : rest.map((r) => evaluate(r, env));
    if (f.macro) x = f(...args);
    else if (f.tail) [x, env] = [f.tail[1], bind(f.tail[0], args, f.tail[2])];
    else return f(...args);
  }
}
function bind(params: string[], args: Cell[], up: Env): Env {
  const vars = new Map<string, Cell>();
  params.forEach((p, i) => (p.startsWith("&") ? vars.set(p.slice(1), args.slice(i)) : vars.set(p, args[i])));
  return { vars, up };
}
export function main(log: Log): unknown {
  const n = (f: (a: number, b: number) => Cell): Fn_ => ((...a: Cell[]) => (a as number[]).reduce((x, y) => f(x, y) as number)) as Fn_;
  const global: Env = { vars: new Map<string, Cell>([["+", n((a, b) => a + b)], ["*", n((a, b) => a * b)], ["-", n((a, b) => a - b)], ["<", n((a, b) => a < b)], ["list", ((...a: Cell[]) => a) as Fn_], ["map", ((f: Fn_, l: Cell[]) => l.map((x) => f(x))) as any], ["print", ((x: Cell) => (log(x), x)) as Fn_]]) };
  const program = `(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1)))))) (fact 10)
    (define loop (lambda (n acc) (if (< n 1) acc (loop (- n 1) (+ acc n))))) (loop 60 0)
    (define unless (macro (c &body) (list (quote if) c (quote false) (list (quote do) (quote (print 1)) (list (quote print) (list (quote quote) body))))))
    (define false (< 2 1)) (unless (< 2 1) yes) (map (lambda (x) (* x x)) (list 1 2 3))
    (define counter ((lambda (n) (lambda () (do (set! n (+ n 1)) n))) 10)) (counter) (counter) ((lambda (&all) all) 1 2) (nope 1) (1 2)`;
  return [...read(program), "(()", ")"].map((form) => {
    try {
      const v = evaluate(typeof form === "string" && form.length < 4 && /[()]/.test(form) ? read(form) : form, global);
      return typeof v === "function" ? "fn" : v;
    } catch (e) {
      return `${e}`;
    }
  });
}
