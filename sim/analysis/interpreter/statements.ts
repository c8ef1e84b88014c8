/** Statements on a path: what goes on after them, what returns, what leaves a loop. */
import type * as t from "@babel/types";
import { type Fn, typeName } from "../model.ts";
import { merge, type State } from "../state.ts";
import { type Env, keyOf, UNDEFINED, type Value } from "../values.ts";
import { type Assigned, assignedIn } from "./assigned.ts";
import { Expressions } from "./expressions.ts";
import { compare } from "./logic.ts";
import { elementType, ownerOf, typed } from "./memory.ts";
import type { Result } from "./types.ts";

interface Flow {
  normal: State[];
  returns: Result[];
  breaks: [string | null, State][];
  continues: [string | null, State][];
}

const flow = (): Flow => ({ normal: [], returns: [], breaks: [], continues: [] });

/** After so many cases of a switch, what none of them is, is not remembered. */
const MAX_CASES = 64;
const PATHS = 6;
const DEEP_PATHS = 3;

export abstract class Statements extends Expressions {
  budget = 10_000;
  /** The expression whose value nobody looks at. */
  ignored: t.Node | null = null;
  /** The budget was spent: not every path was seen. */
  cut = false;
  protected spentSteps = 0;

  /** A function returns. */
  protected abstract leaving(fn: Fn, result: Result, node: t.Node): void;

  /** How many paths are followed side by side: fewer, the deeper the call. */
  protected get paths(): number {
    return this.stack.length > 2 ? DEEP_PATHS : PATHS;
  }

  protected spent(): boolean {
    if (++this.spentSteps <= this.budget) return false;
    this.cut = true;
    return true;
  }

  protected hoist(body: readonly t.Statement[], env: Env, state: State): void {
    for (const s of body) {
      const node = s.type === "ExportNamedDeclaration" && s.declaration ? s.declaration : s;
      const inner = s.type === "ExportDefaultDeclaration" ? s.declaration : node;
      if (inner.type === "FunctionDeclaration" && inner.id) {
        const fn = this.model.functions.get(inner);
        if (fn) state.cells.set(`${env.frame}.${inner.id.name}`, { k: "fn", fn, env });
      } else if (inner.type === "ClassDeclaration" && inner.id) {
        const cls = this.model.classes.get(inner.id.name);
        if (cls) state.cells.set(`${env.frame}.${inner.id.name}`, { k: "class", cls });
      }
    }
  }

  protected block(body: readonly t.Statement[], env: Env, states: State[]): Flow {
    const out = flow();
    let live = states;
    for (const statement of body) {
      if (live.length === 0) break;
      const next = this.statement(statement, env, live);
      live = merge(
        next.normal,
        (s) => s,
        () => "",
        `m${statement.end}`,
        this.paths,
      );
      out.returns.push(...next.returns);
      out.breaks.push(...next.breaks);
      out.continues.push(...next.continues);
    }
    out.normal = live;
    out.returns = merge(
      out.returns,
      (r) => r.state,
      (r) => shape(r.value),
      `r${body[0]?.start ?? 0}`,
      this.paths * 2,
    );
    return out;
  }

  protected statement(node: t.Statement, env: Env, states: State[]): Flow {
    const out = flow();
    for (const s of states) {
      if (this.spent()) continue;
      const one = this.oneStatement(node, env, s);
      out.normal.push(...one.normal);
      out.returns.push(...one.returns);
      out.breaks.push(...one.breaks);
      out.continues.push(...one.continues);
    }
    return out;
  }

  protected oneStatement(node: t.Statement, env: Env, state: State): Flow {
    const out = flow();
    switch (node.type) {
      case "ExpressionStatement":
        this.ignored = node.expression;
        out.normal = counted(node.expression, this.eval(node.expression, env, state)).map((r) => r.state);
        return out;
      case "VariableDeclaration":
        return this.declaration(node, env, state);
      case "ExportNamedDeclaration":
        if (node.declaration) return this.oneStatement(node.declaration, env, state);
        out.normal.push(state);
        return out;
      case "ReturnStatement":
        for (const r of node.argument
          ? this.eval(node.argument, env, state)
          : [{ state, value: UNDEFINED }]) {
          const fn = this.stack.at(-1)?.fn;
          if (fn) this.leaving(fn, r, node);
          out.returns.push(r);
        }
        return out;
      case "ThrowStatement":
        this.eval(node.argument, env, state);
        return out;
      case "BlockStatement":
        this.hoist(node.body, env, state);
        return this.block(node.body, env, [state]);
      case "IfStatement":
        return this.ifStatement(node, env, state);
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return this.loop(node, env, state, null);
      case "ForOfStatement":
      case "ForInStatement":
        return this.each(node, env, state, null);
      case "LabeledStatement":
        return this.labelled(node, env, state);
      case "BreakStatement":
        out.breaks.push([node.label?.name ?? null, state]);
        return out;
      case "ContinueStatement":
        out.continues.push([node.label?.name ?? null, state]);
        return out;
      case "SwitchStatement":
        return this.switchStatement(node, env, state);
      case "TryStatement":
        return this.tryStatement(node, env, state);
      default:
        out.normal.push(state);
        return out;
    }
  }

  protected declaration(node: t.VariableDeclaration, env: Env, state: State): Flow {
    const out = flow();
    let states = [state];
    for (const d of node.declarations) {
      states = states.flatMap((s) => {
        if (!d.init) {
          this.bind(d.id, UNDEFINED, env, s);
          return [s];
        }
        return this.eval(d.init, env, s).map((r) => {
          const type = d.id.type === "Identifier" ? typeName(d.id.typeAnnotation) : undefined;
          this.bind(d.id, typed(r.value, type), env, r.state);
          return r.state;
        });
      });
    }
    out.normal = states;
    return out;
  }

  protected ifStatement(node: t.IfStatement, env: Env, state: State): Flow {
    const out = flow();
    const { yes, no } = this.test(node.test, env, state);
    const a = this.statement(node.consequent, env, yes);
    const b = node.alternate ? this.statement(node.alternate, env, no) : { ...flow(), normal: no };
    for (const part of [a, b]) {
      out.normal.push(...part.normal);
      out.returns.push(...part.returns);
      out.breaks.push(...part.breaks);
      out.continues.push(...part.continues);
    }
    out.normal = merge(
      out.normal,
      (s) => s,
      () => "",
      `i${node.start}`,
      this.paths,
    );
    return out;
  }

  protected loop(
    node: t.ForStatement | t.WhileStatement | t.DoWhileStatement,
    env: Env,
    state: State,
    label: string | null,
  ): Flow {
    const out = flow();
    let states = [state];
    if (node.type === "ForStatement" && node.init)
      states =
        node.init.type === "VariableDeclaration"
          ? this.declaration(node.init, env, state).normal
          : this.eval(node.init, env, state).map((r) => r.state);
    const assigned = assignedIn(node);
    for (let round = 0; round < 3 && states.length > 0; round++) {
      // the first round knows what stands before the loop; later ones stand for all others
      if (round > 0) for (const s of states) this.forget(assigned, env, s, `l${node.start}r${round}`);
      let yes = states;
      if (node.test && !(node.type === "DoWhileStatement" && round === 0)) {
        yes = [];
        for (const s of states) {
          const split = this.test(node.test, env, s);
          out.normal.push(...split.no);
          if (round < 2 || split.no.length === 0) yes.push(...split.yes);
        }
      }
      if (round === 2) break;
      const body = this.statement(node.body, env, yes);
      out.returns.push(...body.returns);
      states = [...body.normal];
      for (const [name, s] of body.breaks)
        if (name === null || name === label) out.normal.push(s);
        else out.breaks.push([name, s]);
      for (const [name, s] of body.continues)
        if (name === null || name === label) states.push(s);
        else out.continues.push([name, s]);
      if (node.type === "ForStatement" && node.update)
        states = states.flatMap((s) => this.eval(node.update!, env, s).map((r) => r.state));
      states = merge(
        states,
        (s) => s,
        () => "",
        `w${node.start}r${round}`,
        3,
      );
    }
    out.normal = merge(
      out.normal,
      (s) => s,
      () => "",
      `x${node.start}`,
      this.paths,
    );
    return out;
  }

  protected each(
    node: t.ForOfStatement | t.ForInStatement,
    env: Env,
    state: State,
    label: string | null,
  ): Flow {
    const out = flow();
    for (const r of this.eval(node.right, env, state)) {
      out.normal.push(r.state.clone());
      const element = typed(this.fresh(r.state, node, "each"), elementType(r.value));
      if (node.left.type === "VariableDeclaration")
        this.bind(node.left.declarations[0]!.id, element, env, r.state);
      else this.bind(node.left, element, env, r.state);
      const body = this.statement(node.body, env, [r.state]);
      out.returns.push(...body.returns);
      out.normal.push(...body.normal);
      for (const [name, s] of [...body.breaks, ...body.continues])
        if (name === null || name === label) out.normal.push(s);
        else out.breaks.push([name, s]);
    }
    out.normal = merge(
      out.normal,
      (s) => s,
      () => "",
      `e${node.start}`,
      this.paths,
    );
    return out;
  }

  protected labelled(node: t.LabeledStatement, env: Env, state: State): Flow {
    const label = node.label.name;
    const { body } = node;
    const out =
      body.type === "ForStatement" || body.type === "WhileStatement" || body.type === "DoWhileStatement"
        ? this.loop(body, env, state, label)
        : body.type === "ForOfStatement" || body.type === "ForInStatement"
          ? this.each(body, env, state, label)
          : this.oneStatement(body, env, state);
    out.normal.push(...out.breaks.filter(([name]) => name === label).map(([, s]) => s));
    out.breaks = out.breaks.filter(([name]) => name !== label);
    return out;
  }

  protected switchStatement(node: t.SwitchStatement, env: Env, state: State): Flow {
    const out = flow();
    for (const r of this.eval(node.discriminant, env, state)) {
      let rest = [r.state];
      const starts: State[][] = node.cases.map(() => []);
      node.cases.forEach((c, i) => {
        if (!c.test) return;
        const next: State[] = [];
        for (const s of rest) {
          for (const value of this.eval(c.test, env, s)) {
            const same = compare("===", r.value, value.value, value.state);
            const before = i < MAX_CASES ? null : value.state.clone();
            const { yes, no } = this.split(same, value.state);
            starts[i]!.push(...yes);
            next.push(...(before === null ? no : no.length > 0 ? [before] : []));
          }
        }
        rest = next;
      });
      const fallback = node.cases.findIndex((c) => !c.test);
      if (fallback >= 0) starts[fallback]!.push(...rest);
      else out.normal.push(...rest);
      let falling: State[] = [];
      node.cases.forEach((c, i) => {
        const body = this.block(c.consequent, env, [...falling, ...starts[i]!]);
        falling = body.normal;
        out.returns.push(...body.returns);
        out.continues.push(...body.continues);
        for (const [name, s] of body.breaks)
          if (name === null) out.normal.push(s);
          else out.breaks.push([name, s]);
      });
      out.normal.push(...falling);
    }
    return out;
  }

  protected tryStatement(node: t.TryStatement, env: Env, state: State): Flow {
    // exceptions are the simulator's own errors: only what finally does on the way out counts
    const body = this.statement(node.block, env, [state]);
    if (!node.finalizer) return body;
    const out = flow();
    out.normal = this.through(node.finalizer, env, body.normal, out);
    for (const r of body.returns)
      for (const s of this.through(node.finalizer, env, [r.state], out))
        out.returns.push({ state: s, value: r.value });
    for (const [name, s] of body.breaks)
      for (const after of this.through(node.finalizer, env, [s], out)) out.breaks.push([name, after]);
    for (const [name, s] of body.continues)
      for (const after of this.through(node.finalizer, env, [s], out)) out.continues.push([name, after]);
    return out;
  }

  protected through(finalizer: t.BlockStatement, env: Env, states: State[], out: Flow): State[] {
    const done = this.statement(finalizer, env, states);
    out.returns.push(...done.returns);
    out.breaks.push(...done.breaks);
    out.continues.push(...done.continues);
    return done.normal;
  }

  /** After a round of a loop, what it assigns may be anything. */
  protected forget(assigned: Assigned, env: Env, state: State, site: string): void {
    const round = `${site}~${state.occurrence(site)}`;
    for (const name of assigned.names) {
      const owner = ownerOf(name, env);
      if (owner === null) continue;
      const key = `${owner.frame}.${name}`;
      const old = state.cells.get(key);
      if (old)
        state.cells.set(key, {
          k: "sym",
          id: `${round}:${key}`,
          ...(old.k === "sym" && old.t ? { t: old.t } : {}),
        });
    }
    if (assigned.fields.size === 0) return;
    for (const [key, value] of state.cells) {
      if (/^(m\d+|d\d+:[^.]*)\.\w+$/.test(key)) continue; // a variable of that name
      const field = key.slice(key.lastIndexOf(".") + 1);
      if (value.k !== "fn" && assigned.fields.has(field))
        state.cells.set(key, { k: "sym", id: `${round}:${key}` });
    }
  }
}

/** What return values must agree in to be merged. */
export function shape(value: Value): string {
  return value.k === "sym" ? (value.from ? "from" : "sym") : keyOf(value);
}

/** Whoever does not look at the result of a call counts on its success. */
function counted(node: t.Node, results: Result[]): Result[] {
  if (node.type !== "CallExpression" || results.length < 2) return results;
  const failed = ({ value }: Result): boolean =>
    (value.k === "num" && value.v < 0) || (value.k === "sym" && value.id.startsWith("errno:"));
  const succeeded = results.filter((r) => !failed(r));
  return succeeded.length > 0 ? succeeded : results;
}
