/** Operators, and what a path knows of a value: true, false, or neither. */
import type { State } from "../state.ts";
import { FALSE, keyOf, negate, num, TRUE, UNDEFINED, type Value } from "../values.ts";

/** Beyond that, what excludes an equality is not looked up: no driver compares so much on one path. */
const MAX_FACTS = 500;

/** True, false, or null if it is not known. */
export function truth(value: Value, state: State): boolean | null {
  switch (value.k) {
    case "num":
      return value.v !== 0 && !Number.isNaN(value.v);
    case "str":
      return value.v !== "";
    case "null":
      return false;
    case "fn":
    case "api":
    case "class":
      return true;
    case "not": {
      const inner = truth(value.of, state);
      return inner === null ? null : !inner;
    }
    case "sym":
      return value.object ? true : (state.facts.get(value.id) ?? null);
  }
}

export function assume(value: Value, is: boolean, state: State): void {
  if (value.k === "not") {
    assume(value.of, !is, state);
    return;
  }
  if (value.k !== "sym") return;
  state.facts.set(value.id, is);
  const parts = /^\((.*) (<|>|&|===) (-?\d+(?:\.\d+)?|[^ ()]+)\)$/.exec(value.id);
  if (parts === null || !is) return;
  const [, left, op, right] = parts as unknown as [string, string, string, string];
  // a negative number, a set bit or a non-zero constant is not 0
  if ((op === "<" && right === "0") || op === "&" || (op === ">" && right === "0"))
    state.facts.set(left, true);
  if (op === "===" && /^-?\d/.test(right)) state.facts.set(left, Number(right) !== 0);
}

/** `a op b` as a value: a fact if it is one, else a symbol that is the same wherever the same is asked. */
export function compare(op: string, a: Value, b: Value, state: State): Value {
  const strict = op === "==" ? "===" : op === "!=" ? "!==" : op;
  if (strict === "!==") return negate(compare("===", a, b, state));
  if (strict === ">=") return negate(compare("<", a, b, state));
  if (strict === "<=") return negate(compare(">", a, b, state));
  if (a.k === "num" && b.k === "num") {
    const result = strict === "===" ? a.v === b.v : strict === "<" ? a.v < b.v : a.v > b.v;
    return result ? TRUE : FALSE;
  }
  if (strict === "===") {
    if (keyOf(a) === keyOf(b)) return TRUE;
    const [x, y] = a.k === "sym" || a.k === "not" ? [a, b] : [b, a];
    if (y.k === "null" || (y.k === "num" && y.v === 0)) {
      const known = truth(x, state);
      if (known !== null) return known ? FALSE : TRUE;
      if (x.k === "sym") return negate(x);
    }
    if (x.k !== "sym" && x.k !== "not") return x.k === y.k && x.k !== "fn" ? FALSE : FALSE;
    if ((y.k === "num" || y.k === "str") && state.facts.size < MAX_FACTS) {
      for (const [key, is] of state.facts)
        if (is && key.startsWith(`(${keyOf(x)} === `) && key !== `(${keyOf(x)} === ${keyOf(y)})`)
          return FALSE;
      if (truth(x, state) === false && truth(y, state) === true) return FALSE;
    }
    return { k: "sym", id: `(${keyOf(x)} === ${keyOf(y)})` };
  }
  if (strict === ">" && b.k !== "num" && a.k === "num")
    return { k: "sym", id: `(${keyOf(b)} < ${keyOf(a)})` };
  if (b.k === "num" && b.v === 0 && strict === "<") {
    if (truth(a, state) === false) return FALSE;
    if (a.k === "sym" && a.id.startsWith("errno:")) return TRUE;
  }
  return { k: "sym", id: `(${keyOf(a)} ${strict} ${keyOf(b)})` };
}

export function compareOr(op: string, a: Value, b: Value, state: State): Value {
  if (/^(==|===|!=|!==|<|>|<=|>=)$/.test(op)) return compare(op, a, b, state);
  if (op === "&" && (truth(a, state) === false || truth(b, state) === false)) return FALSE;
  return binary(op, a, b);
}

export function binary(op: string, a: Value, b: Value): Value {
  if (a.k === "num" && b.k === "num") {
    const v = arithmetic(op, a.v, b.v);
    if (v !== null) return num(v);
  }
  if (op === "|" && ((a.k === "num" && a.v !== 0) || (b.k === "num" && b.v !== 0)))
    return { k: "sym", id: `(${keyOf(a)} | ${keyOf(b)})`, object: true };
  if (op === "|" && a.k === "num" && a.v === 0) return b;
  return { k: "sym", id: `(${keyOf(a)} ${op} ${keyOf(b)})` };
}

function arithmetic(op: string, a: number, b: number): number | null {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? null : a / b;
    case "%":
      return b === 0 ? null : a % b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
      return a << b;
    case ">>":
      return a >> b;
    case ">>>":
      return a >>> b;
    default:
      return null;
  }
}

export function unary(op: string, value: Value): Value {
  if (op === "!") return value.k === "num" ? (value.v === 0 ? TRUE : FALSE) : negate(value);
  if (op === "-" && value.k === "num") return num(-value.v, value.name ? `-${value.name}` : undefined);
  if (op === "+") return value;
  if (op === "~" && value.k === "num") return num(~value.v);
  if (op === "void") return UNDEFINED;
  return { k: "sym", id: `(${op}${keyOf(value)})` };
}
