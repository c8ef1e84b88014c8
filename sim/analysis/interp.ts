/**
 * Runs a model's functions on all their paths without running them: values are known or symbols, a condition that is
 * not known splits the path. Calls of the model's own functions are followed; what the kernel's functions do to locks,
 * interrupts and ownership stands in `effects.ts`. Paths that agree in all that rules look at are merged when they
 * become many.
 */
import type * as t from "@babel/types";
import { CONSTANTS } from "./api/constants.ts";
import { callApi } from "./api/effects.ts";
import type { Span } from "./finding.ts";
import { type ClassInfo, type Fn, isFunction, type Model, type Module, spanOf, typeName } from "./model.ts";
import { merge, type State } from "./state.ts";
import { type Env, FALSE, keyOf, negate, num, TRUE, UNDEFINED, type Value } from "./values.ts";

export interface Result {
  readonly state: State;
  readonly value: Value;
}

interface Flow {
  normal: State[];
  returns: Result[];
  breaks: [string | null, State][];
  continues: [string | null, State][];
}

const flow = (): Flow => ({ normal: [], returns: [], breaks: [], continues: [] });

/** A call of the kernel's API, before it takes effect. */
export interface ApiCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly node: t.Node;
  readonly state: State;
}

/** Watches what happens on the paths. */
export interface Watcher {
  invoked?(fn: Fn, state: State): void;
  call?(call: ApiCall, run: Interpreter): void;
  called?(call: ApiCall, result: Result, run: Interpreter): void;
  load?(object: Value, field: string, node: t.Node, state: State, run: Interpreter): void;
  store?(object: Value, field: string, value: Value, node: t.Node, state: State, run: Interpreter): void;
  leave?(fn: Fn, result: Result, node: t.Node, run: Interpreter): void;
}

export interface Activation {
  readonly fn: Fn;
  /** Null for the entry point. */
  readonly call: Span | null;
}

const MAX_DEPTH = 14;
/** After so many cases of a switch, what none of them is, is not remembered. */
const MAX_CASES = 64;
/** Beyond that, what excludes an equality is not looked up: no driver compares so much on one path. */
const MAX_FACTS = 500;
const PATHS = 6;
const DEEP_PATHS = 3;

export class Interpreter {
  readonly model: Model;
  readonly stack: Activation[] = [];
  readonly #watchers: readonly Watcher[];
  /** Function values that were ever stored under a name: what an unknown callee may be. */
  readonly candidates: Map<string, Map<string, Value>>;
  readonly envs: Map<Module, Env>;
  /** Classes of the private areas of devices that were allocated here. */
  readonly privTypes = new Map<string, string>();
  #steps = 0;
  budget = 10_000;
  /** The expression whose value nobody looks at. */
  ignored: t.Node | null = null;
  /** The budget was spent: not every path was seen. */
  cut = false;

  constructor(
    model: Model,
    watchers: readonly Watcher[],
    candidates: Map<string, Map<string, Value>>,
    envs: Map<Module, Env>,
  ) {
    this.model = model;
    this.#watchers = watchers;
    this.candidates = candidates;
    this.envs = envs;
  }

  get steps(): number {
    return this.#steps;
  }

  get file(): string {
    return this.#module.file;
  }

  get #module(): Module {
    return this.stack.at(-1)?.fn.module ?? this.#topLevel!;
  }

  #topLevel: Module | null = null;

  span(node: t.Node): Span {
    return spanOf(this.#module.file, node);
  }

  /** Evaluates a module's top level. */
  runTopLevel(module: Module, state: State): State[] {
    this.#topLevel = module;
    const env = this.envs.get(module)!;
    this.#hoist(module.program.body, env, state);
    const out = this.#block(module.program.body, env, [state]);
    return out.normal;
  }

  /** Runs a function from outside; paths that end by return are given back. */
  runEntry(fn: Value, args: readonly Value[], state: State): Result[] {
    this.#steps = 0;
    this.cut = false;
    if (fn.k !== "fn") return [];
    return this.invoke(fn, args, null, state, undefined);
  }

  // ---- calls ------------------------------------------------------------------------------------------------------

  invoke(
    callee: Extract<Value, { k: "fn" }>,
    args: readonly Value[],
    call: t.Node | null,
    state: State,
    self: Value | undefined,
  ): Result[] {
    const { fn } = callee;
    const at = call === null ? null : this.span(call);
    const recursive = this.stack.filter((a) => a.fn === fn).length;
    if (recursive > 1 || this.stack.length >= MAX_DEPTH || this.#spent())
      return [{ state, value: this.fresh(state, call ?? fn.node, fn.name) }];
    const frame = `d${this.stack.length}:${fn.name}:${fn.node.start}`;
    const env: Env = { frame, names: fn.names, parent: callee.env };
    for (const name of fn.names) state.cells.delete(`${frame}.${name}`);
    if (self) state.cells.set(`${frame}.this`, self);
    else if (fn.node.type !== "ArrowFunctionExpression") state.cells.delete(`${frame}.this`);
    for (const w of this.#watchers) w.invoked?.(fn, state);
    this.stack.push({ fn, call: at });
    let states = [state];
    fn.node.params.forEach((param, i) => {
      states = states.flatMap((s) => this.#bindParam(param, args[i], env, s));
    });
    const results = this.#body(fn, env, states);
    this.stack.pop();
    for (const { state: s } of results) {
      if (fn.closes) continue;
      for (const name of fn.names) s.cells.delete(`${frame}.${name}`);
    }
    return merge(
      results,
      (r) => r.state,
      (r) => shape(r.value),
      `ret${fn.node.start}`,
      this.#paths,
    );
  }

  #body(fn: Fn, env: Env, states: State[]): Result[] {
    const { body } = fn.node;
    const results: Result[] = [];
    if (body.type !== "BlockStatement") {
      for (const s of states) {
        for (const r of this.eval(body, env, s)) {
          this.#left(fn, r, body);
          results.push(r);
        }
      }
      return results;
    }
    for (const s of states) this.#hoist(body.body, env, s);
    const out = this.#block(body.body, env, states);
    for (const s of out.normal) {
      const r = { state: s, value: UNDEFINED };
      this.#left(fn, r, fn.node);
      results.push(r);
    }
    return [...results, ...out.returns];
  }

  #left(fn: Fn, result: Result, node: t.Node): void {
    for (const w of this.#watchers) w.leave?.(fn, result, node, this);
  }

  #bindParam(param: t.Node, value: Value | undefined, env: Env, state: State): State[] {
    if (param.type === "AssignmentPattern") {
      if (value === undefined || (value.k === "null" && value.from === undefined))
        return this.eval(param.right, env, state).map((r) => {
          this.#bind(param.left, r.value, env, r.state);
          return r.state;
        });
      this.#bind(param.left, value, env, state);
      return [state];
    }
    const name = param.type === "Identifier" ? param.name : "arg";
    const type = param.type === "Identifier" ? typeName(param.typeAnnotation) : undefined;
    const given = value ?? { k: "sym", id: `${env.frame}.${name}`, ...(type ? { t: type } : {}) };
    this.#bind(param, typed(given, type), env, state);
    return [state];
  }

  /** How many paths are followed side by side: fewer, the deeper the call. */
  get #paths(): number {
    return this.stack.length > 2 ? DEEP_PATHS : PATHS;
  }

  #spent(): boolean {
    if (++this.#steps <= this.budget) return false;
    this.cut = true;
    return true;
  }

  /** A value of which nothing is known. */
  fresh(state: State, node: t.Node, hint: string): Extract<Value, { k: "sym" }> {
    const site = `${hint}@${this.#module.file.length}:${node.start}`;
    return { k: "sym", id: `${site}#${state.occurrence(site)}` };
  }

  // ---- statements -------------------------------------------------------------------------------------------------

  #hoist(body: readonly t.Statement[], env: Env, state: State): void {
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

  #block(body: readonly t.Statement[], env: Env, states: State[]): Flow {
    const out = flow();
    let live = states;
    for (const statement of body) {
      if (live.length === 0) break;
      const next = this.#statement(statement, env, live);
      live = merge(
        next.normal,
        (s) => s,
        () => "",
        `m${statement.end}`,
        this.#paths,
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
      this.#paths * 2,
    );
    return out;
  }

  #statement(node: t.Statement, env: Env, states: State[]): Flow {
    const out = flow();
    for (const s of states) {
      if (this.#spent()) continue;
      const one = this.#one(node, env, s);
      out.normal.push(...one.normal);
      out.returns.push(...one.returns);
      out.breaks.push(...one.breaks);
      out.continues.push(...one.continues);
    }
    return out;
  }

  #one(node: t.Statement, env: Env, state: State): Flow {
    const out = flow();
    switch (node.type) {
      case "ExpressionStatement":
        this.ignored = node.expression;
        out.normal = counted(node.expression, this.eval(node.expression, env, state)).map((r) => r.state);
        return out;
      case "VariableDeclaration":
        return this.#declaration(node, env, state);
      case "ExportNamedDeclaration":
        if (node.declaration) return this.#one(node.declaration, env, state);
        out.normal.push(state);
        return out;
      case "ReturnStatement":
        for (const r of node.argument
          ? this.eval(node.argument, env, state)
          : [{ state, value: UNDEFINED }]) {
          const fn = this.stack.at(-1)?.fn;
          if (fn) this.#left(fn, r, node);
          out.returns.push(r);
        }
        return out;
      case "ThrowStatement":
        this.eval(node.argument, env, state);
        return out;
      case "BlockStatement":
        this.#hoist(node.body, env, state);
        return this.#block(node.body, env, [state]);
      case "IfStatement":
        return this.#if(node, env, state);
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return this.#loop(node, env, state, null);
      case "ForOfStatement":
      case "ForInStatement":
        return this.#each(node, env, state, null);
      case "LabeledStatement":
        return this.#labelled(node, env, state);
      case "BreakStatement":
        out.breaks.push([node.label?.name ?? null, state]);
        return out;
      case "ContinueStatement":
        out.continues.push([node.label?.name ?? null, state]);
        return out;
      case "SwitchStatement":
        return this.#switch(node, env, state);
      case "TryStatement":
        return this.#try(node, env, state);
      default:
        out.normal.push(state);
        return out;
    }
  }

  #declaration(node: t.VariableDeclaration, env: Env, state: State): Flow {
    const out = flow();
    let states = [state];
    for (const d of node.declarations) {
      states = states.flatMap((s) => {
        if (!d.init) {
          this.#bind(d.id, UNDEFINED, env, s);
          return [s];
        }
        return this.eval(d.init, env, s).map((r) => {
          const type = d.id.type === "Identifier" ? typeName(d.id.typeAnnotation) : undefined;
          this.#bind(d.id, typed(r.value, type), env, r.state);
          return r.state;
        });
      });
    }
    out.normal = states;
    return out;
  }

  #bind(target: t.Node, value: Value, env: Env, state: State): void {
    switch (target.type) {
      case "Identifier":
        this.#assignName(target.name, value, env, state);
        return;
      case "AssignmentPattern":
        this.#bind(target.left, value, env, state);
        return;
      case "ObjectPattern":
        for (const p of target.properties) {
          if (p.type === "RestElement") this.#bind(p.argument, this.fresh(state, p, "rest"), env, state);
          else if (p.key.type === "Identifier")
            this.#bind(p.value, this.field(value, p.key.name, p, state), env, state);
        }
        return;
      case "ArrayPattern":
        target.elements.forEach((e, i) => {
          if (e) this.#bind(e, this.field(value, String(i), e, state), env, state);
        });
        return;
      case "RestElement":
        this.#bind(target.argument, this.fresh(state, target, "rest"), env, state);
        return;
      case "TSParameterProperty":
        this.#bind(target.parameter, value, env, state);
        return;
      default:
        this.#store(target, value, env, state);
    }
  }

  #if(node: t.IfStatement, env: Env, state: State): Flow {
    const out = flow();
    const { yes, no } = this.test(node.test, env, state);
    const a = this.#statement(node.consequent, env, yes);
    const b = node.alternate ? this.#statement(node.alternate, env, no) : { ...flow(), normal: no };
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
      this.#paths,
    );
    return out;
  }

  #loop(
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
          ? this.#declaration(node.init, env, state).normal
          : this.eval(node.init, env, state).map((r) => r.state);
    const assigned = assignedIn(node);
    for (let round = 0; round < 3 && states.length > 0; round++) {
      // the first round knows what stands before the loop; later ones stand for all others
      if (round > 0) for (const s of states) this.#forget(assigned, env, s, `l${node.start}r${round}`);
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
      const body = this.#statement(node.body, env, yes);
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
      this.#paths,
    );
    return out;
  }

  #each(node: t.ForOfStatement | t.ForInStatement, env: Env, state: State, label: string | null): Flow {
    const out = flow();
    for (const r of this.eval(node.right, env, state)) {
      out.normal.push(r.state.clone());
      const element = typed(this.fresh(r.state, node, "each"), elementType(r.value));
      if (node.left.type === "VariableDeclaration")
        this.#bind(node.left.declarations[0]!.id, element, env, r.state);
      else this.#bind(node.left, element, env, r.state);
      const body = this.#statement(node.body, env, [r.state]);
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
      this.#paths,
    );
    return out;
  }

  #labelled(node: t.LabeledStatement, env: Env, state: State): Flow {
    const label = node.label.name;
    const { body } = node;
    const out =
      body.type === "ForStatement" || body.type === "WhileStatement" || body.type === "DoWhileStatement"
        ? this.#loop(body, env, state, label)
        : body.type === "ForOfStatement" || body.type === "ForInStatement"
          ? this.#each(body, env, state, label)
          : this.#one(body, env, state);
    out.normal.push(...out.breaks.filter(([name]) => name === label).map(([, s]) => s));
    out.breaks = out.breaks.filter(([name]) => name !== label);
    return out;
  }

  #switch(node: t.SwitchStatement, env: Env, state: State): Flow {
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
        const body = this.#block(c.consequent, env, [...falling, ...starts[i]!]);
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

  #try(node: t.TryStatement, env: Env, state: State): Flow {
    // exceptions are the simulator's own errors: only what finally does on the way out counts
    const body = this.#statement(node.block, env, [state]);
    if (!node.finalizer) return body;
    const out = flow();
    out.normal = this.#through(node.finalizer, env, body.normal, out);
    for (const r of body.returns)
      for (const s of this.#through(node.finalizer, env, [r.state], out))
        out.returns.push({ state: s, value: r.value });
    for (const [name, s] of body.breaks)
      for (const after of this.#through(node.finalizer, env, [s], out)) out.breaks.push([name, after]);
    for (const [name, s] of body.continues)
      for (const after of this.#through(node.finalizer, env, [s], out)) out.continues.push([name, after]);
    return out;
  }

  #through(finalizer: t.BlockStatement, env: Env, states: State[], out: Flow): State[] {
    const done = this.#statement(finalizer, env, states);
    out.returns.push(...done.returns);
    out.breaks.push(...done.breaks);
    out.continues.push(...done.continues);
    return done.normal;
  }

  /** After a round of a loop, what it assigns may be anything. */
  #forget(assigned: Assigned, env: Env, state: State, site: string): void {
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

  // ---- conditions -------------------------------------------------------------------------------------------------

  /** Splits a path by a condition. */
  test(node: t.Expression, env: Env, state: State): { yes: State[]; no: State[] } {
    if (node.type === "LogicalExpression" && node.operator !== "??") {
      const left = this.test(node.left, env, state);
      const more = node.operator === "&&" ? left.yes : left.no;
      const out = { yes: node.operator === "&&" ? [] : left.yes, no: node.operator === "&&" ? left.no : [] };
      for (const s of more) {
        const right = this.test(node.right, env, s);
        out.yes.push(...right.yes);
        out.no.push(...right.no);
      }
      return out;
    }
    if (node.type === "UnaryExpression" && node.operator === "!") {
      const { yes, no } = this.test(node.argument, env, state);
      return { yes: no, no: yes };
    }
    const out: { yes: State[]; no: State[] } = { yes: [], no: [] };
    for (const r of this.eval(node, env, state)) {
      const split = this.split(r.value, r.state);
      out.yes.push(...split.yes);
      out.no.push(...split.no);
    }
    return out;
  }

  split(value: Value, state: State): { yes: State[]; no: State[] } {
    const known = truth(value, state);
    if (known === true) return { yes: [state], no: [] };
    if (known === false) return { yes: [], no: [state] };
    const no = state.clone();
    assume(value, true, state);
    assume(value, false, no);
    return { yes: [state], no: [no] };
  }

  // ---- expressions ------------------------------------------------------------------------------------------------

  eval(node: t.Node, env: Env, state: State): Result[] {
    switch (node.type) {
      case "NumericLiteral":
        return [{ state, value: num(node.value) }];
      case "StringLiteral":
        return [{ state, value: { k: "str", v: node.value } }];
      case "BooleanLiteral":
        return [{ state, value: node.value ? TRUE : FALSE }];
      case "NullLiteral":
        return [{ state, value: UNDEFINED }];
      case "Identifier":
        return [{ state, value: this.#name(node, env, state) }];
      case "ThisExpression":
        return [{ state, value: this.#this(env, state) ?? this.fresh(state, node, "this") }];
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        return this.eval(node.expression, env, state).map((r) => ({
          state: r.state,
          value: typed(r.value, typeName(node.typeAnnotation)),
        }));
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "ParenthesizedExpression":
        return this.eval(node.expression, env, state);
      case "MemberExpression":
      case "OptionalMemberExpression":
        return this.#member(node, env, state).map(({ object, field, state: s }) => {
          if (node.type === "OptionalMemberExpression" && truth(object, s) === false)
            return { state: s, value: UNDEFINED };
          return { state: s, value: this.field(object, field, node, s) };
        });
      case "CallExpression":
      case "OptionalCallExpression":
        return this.#call(node, env, state);
      case "NewExpression":
        return this.#new(node, env, state);
      case "AssignmentExpression":
        return this.#assignment(node, env, state);
      case "UpdateExpression":
        return this.eval(node.argument, env, state).map(({ state: s, value }) => {
          const next = binary(node.operator === "++" ? "+" : "-", value, num(1));
          this.#store(node.argument, next, env, s);
          return { state: s, value: node.prefix ? next : value };
        });
      case "LogicalExpression":
        return this.#logical(node, env, state);
      case "ConditionalExpression": {
        const { yes, no } = this.test(node.test, env, state);
        return [
          ...yes.flatMap((s) => this.eval(node.consequent, env, s)),
          ...no.flatMap((s) => this.eval(node.alternate, env, s)),
        ];
      }
      case "UnaryExpression":
        return this.eval(node.argument, env, state).map((r) => ({
          state: r.state,
          value: unary(node.operator, r.value),
        }));
      case "BinaryExpression":
        return this.eval(node.left, env, state).flatMap((l) =>
          this.eval(node.right, env, l.state).map((r) => ({
            state: r.state,
            value: compareOr(node.operator, l.value, r.value, r.state),
          })),
        );
      case "SequenceExpression":
        return this.#all(node.expressions, env, state).map((r) => ({
          state: r.state,
          value: r.values.at(-1)!,
        }));
      case "ArrowFunctionExpression":
      case "FunctionExpression": {
        const fn = this.model.functions.get(node);
        return [{ state, value: fn ? { k: "fn", fn, env } : this.fresh(state, node, "fn") }];
      }
      case "ObjectExpression":
        return this.#object(node, env, state);
      case "ArrayExpression":
        return this.#all(
          node.elements.filter((e) => e !== null),
          env,
          state,
        ).map((r) => {
          const value: Value = { ...this.fresh(r.state, node, "arr"), object: true };
          r.values.forEach((v, i) => {
            r.state.cells.set(`${value.id}.${i}`, v);
          });
          return { state: r.state, value };
        });
      case "TemplateLiteral":
        return this.#all(node.expressions as t.Expression[], env, state).map((r) => ({
          state: r.state,
          value: { ...this.fresh(r.state, node, "text"), object: true },
        }));
      case "SpreadElement":
        return this.eval(node.argument, env, state).map((r) => ({
          state: r.state,
          value: this.fresh(r.state, node, "spread"),
        }));
      default:
        return [{ state, value: this.fresh(state, node, node.type) }];
    }
  }

  /** A parser that goes on after an error leaves holes: `f(a, , b)`. */
  #all(nodes: readonly (t.Node | null)[], env: Env, state: State): { state: State; values: Value[] }[] {
    let paths: { state: State; values: Value[] }[] = [{ state, values: [] }];
    for (const node of nodes)
      paths = paths.flatMap((p) =>
        (node === null ? [{ state: p.state, value: UNDEFINED }] : this.eval(node, env, p.state)).map((r) => ({
          state: r.state,
          values: [...p.values, r.value],
        })),
      );
    return paths;
  }

  #this(env: Env, state: State): Value | undefined {
    for (let e: Env | null = env; e; e = e.parent) {
      const value = state.cells.get(`${e.frame}.this`);
      if (value) return value;
    }
    return undefined;
  }

  #name(node: t.Identifier, env: Env, state: State): Value {
    const { name } = node;
    if (name === "undefined") return UNDEFINED;
    if (name === "NaN") return FALSE;
    const owner = ownerOf(name, env);
    if (owner !== null) {
      const key = `${owner.frame}.${name}`;
      return state.cells.get(key) ?? typed({ k: "sym", id: key }, this.model.varTypes.get(name) || undefined);
    }
    const module = moduleOf(env, this.envs);
    const imported = module?.imports.get(name);
    if (imported === undefined) return { k: "api", name };
    if (!imported.specifier.startsWith(".")) return this.#kernelName(imported.name, node, state);
    return this.#imported(module!, imported.specifier, imported.name, state);
  }

  #kernelName(name: string, node: t.Node, state: State): Value {
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return num(constant, name);
    if (name === "jiffies") return this.fresh(state, node, "jiffies");
    if (/^E[A-Z0-9]+$/.test(name))
      return num(1000 + [...name].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 3000, 7), name);
    if (/^[A-Z][A-Z0-9_]*$/.test(name)) return { k: "sym", id: `const:${name}` };
    return { k: "api", name };
  }

  #imported(module: Module, specifier: string, name: string, state: State): Value {
    const file = module.relative.get(specifier);
    const target = file === undefined ? undefined : this.model.modules.get(file);
    if (target === undefined) return { k: "sym", id: `import:${specifier}.${name}` };
    const local = target.exports.get(name) ?? name;
    const again = target.imports.get(local);
    if (again?.specifier.startsWith(".") && again.specifier !== specifier)
      return this.#imported(target, again.specifier, again.name, state);
    const key = `${this.envs.get(target)!.frame}.${local}`;
    return state.cells.get(key) ?? { k: "sym", id: key };
  }

  #member(
    node: t.MemberExpression | t.OptionalMemberExpression,
    env: Env,
    state: State,
  ): { object: Value; field: string; state: State }[] {
    return this.eval(node.object, env, state).flatMap((o) => {
      if (!node.computed && node.property.type === "Identifier")
        return [{ object: o.value, field: node.property.name, state: o.state }];
      return this.eval(node.property, env, o.state).map((p) => ({
        object: o.value,
        field:
          p.value.k === "str" ? p.value.v : p.value.k === "num" ? String(p.value.v) : `[${keyOf(p.value)}]`,
        state: p.state,
      }));
    });
  }

  /** The value of a field, as far as it is known. */
  field(object: Value, field: string, node: t.Node, state: State): Value {
    for (const w of this.#watchers) w.load?.(object, field, node, state, this);
    if (object.k === "class" || object.k === "api")
      return { k: "api", name: `${object.k === "api" ? object.name : object.cls.name}.${field}` };
    const base = keyOf(object);
    if (object.k === "sym" && object.t && this.model.classes.has(object.t))
      this.#owners.set(`${base}.${field}`, `${this.declaring(object.t, field)}.${field}`);
    const known = state.cells.get(`${base}.${field}`);
    if (known?.k === "sym" && object.k === "sym" && object.t && this.model.classes.has(object.t))
      this.#owners.set(known.id, `${this.declaring(object.t, field)}.${field}`);
    if (known) return known;
    const type = object.k === "sym" && object.t ? this.fieldType(object.t, field) : undefined;
    // since an unknown element was written, an element is not what it was when it was read before
    const stores = ELEMENT.test(field) ? (state.counts.get(`elements of ${base}`) ?? 0) : 0;
    const id = stores > 0 ? `${base}.${field}'${stores}` : `${base}.${field}`;
    return { k: "sym", id, ...(type ? { t: type } : {}) };
  }

  fieldType(owner: string, field: string): string | undefined {
    if (owner.endsWith("[]")) return ELEMENT.test(field) ? owner.slice(0, -2) : undefined;
    for (
      let cls = this.model.classes.get(owner);
      cls;
      cls = cls.base ? this.model.classes.get(cls.base) : undefined
    ) {
      const type = cls.fields.get(field);
      if (type !== undefined) return type === "" ? undefined : type;
    }
    return FIELD_TYPES[`${owner}.${field}`];
  }

  /** The struct and field that a value such as `priv(dev).lock` was read from: `my_priv.lock`. */
  fieldClass(id: string): string | undefined {
    return this.#owners.get(id);
  }

  /** After a mistake about interrupts on this path, what follows from it is no second one. */
  told(what: string, node: t.Node, state: State): void {
    state.objs.set(`told:${what}`, { kind: "mark", st: "told", at: this.span(node) });
  }

  /** Is the node inside the arguments of a call of such a function? */
  inCallOf(name: RegExp, node: t.Node): boolean {
    return this.#calls.some(
      (c) =>
        c.callee.type === "Identifier" &&
        name.test(c.callee.name) &&
        c.start! <= node.start! &&
        node.end! <= c.end!,
    );
  }

  readonly #calls: (t.CallExpression | t.OptionalCallExpression)[] = [];
  readonly #owners = new Map<string, string>();

  /** The failure of a call that gives 0 or a negative errno. */
  failure(call: ApiCall): Value {
    const id = `errno:${call.name}:${call.node.start}`;
    call.state.facts.delete(id);
    return { k: "sym", id, object: true };
  }

  /** The class that declares a field, for the class of a lock. */
  declaring(owner: string, field: string): string {
    for (
      let cls = this.model.classes.get(owner);
      cls;
      cls = cls.base ? this.model.classes.get(cls.base) : undefined
    )
      if (cls.fields.has(field)) return cls.name;
    return owner;
  }

  #assignName(name: string, value: Value, env: Env, state: State): void {
    const owner = ownerOf(name, env);
    if (owner === null) return;
    state.cells.set(`${owner.frame}.${name}`, value);
    if (value.k === "sym" && /^m\d+$/.test(owner.frame)) this.#known(value, state);
    this.remember(name, value);
  }

  /** A module's variable keeps a device for module_exit, not for the error path of module_init. */
  #known(value: Extract<Value, { k: "sym" }>, state: State): void {
    const object = state.objs.get(value.id);
    if (object?.kind === "skb" && (object.st === "new" || object.st === "borrowed"))
      state.objs.set(value.id, { ...object, st: "kept" });
  }

  remember(name: string, value: Value): void {
    if (value.k !== "fn") return;
    const known = this.candidates.get(name) ?? new Map<string, Value>();
    known.set(keyOf(value), value);
    this.candidates.set(name, known);
  }

  setField(object: Value, field: string, value: Value, node: t.Node, state: State): void {
    for (const w of this.#watchers) w.store?.(object, field, value, node, state, this);
    this.escape(value, node, state);
    // which element of an array it is cannot be told later
    if (ELEMENT.test(field) && value.k === "sym" && state.objs.get(value.id)?.kind === "netdev")
      state.objs.delete(value.id);
    this.remember(`.${field}`, value);
    const base = keyOf(object);
    // an element at an unknown place may be any of them
    if (field.startsWith("[")) {
      for (const [key] of [...state.cells]) if (key.startsWith(`${base}.`)) state.cells.delete(key);
      state.occurrence(`elements of ${base}`);
      state.occurrence("elements");
    }
    state.cells.set(`${base}.${field}`, value);
  }

  #store(target: t.Node, value: Value, env: Env, state: State): void {
    if (target.type === "TSNonNullExpression" || target.type === "TSAsExpression") {
      this.#store(target.expression, value, env, state);
      return;
    }
    if (target.type === "Identifier") {
      this.#assignName(target.name, value, env, state);
      return;
    }
    if (target.type === "MemberExpression") {
      // the object was evaluated before: only its value is wanted again
      const [place] = this.#quiet(() => this.#member(target, env, state));
      if (place) this.setField(place.object, place.field, value, target, place.state);
      return;
    }
    if (target.type === "ObjectPattern" || target.type === "ArrayPattern")
      this.#bind(target, value, env, state);
  }

  #quiet<T>(run: () => T): T {
    return run();
  }

  #assignment(node: t.AssignmentExpression, env: Env, state: State): Result[] {
    const op = node.operator;
    if (op === "=")
      return this.eval(node.right, env, state).map((r) => {
        this.#store(node.left, r.value, env, r.state);
        return r;
      });
    return this.eval(node.left, env, state).flatMap((l) =>
      this.eval(node.right, env, l.state).map((r) => {
        const value = binary(op.slice(0, -1), l.value, r.value);
        this.#store(node.left, value, env, r.state);
        return { state: r.state, value };
      }),
    );
  }

  #logical(node: t.LogicalExpression, env: Env, state: State): Result[] {
    return this.eval(node.left, env, state).flatMap((l) => {
      if (node.operator === "??") {
        if (l.value.k === "null") return this.eval(node.right, env, l.state);
        if (truth(l.value, l.state) === true || l.value.k !== "sym") return [l];
        const { yes, no } = this.split(l.value, l.state);
        return [
          ...yes.map((s) => ({ state: s, value: l.value })),
          ...no.flatMap((s) => this.eval(node.right, env, s)),
        ];
      }
      const { yes, no } = this.split(l.value, l.state);
      const [keep, go] = node.operator === "&&" ? [no, yes] : [yes, no];
      return [
        ...keep.map((s) => ({
          state: s,
          value: node.operator === "&&" && l.value.k === "sym" ? FALSE : l.value,
        })),
        ...go.flatMap((s) => this.eval(node.right, env, s)),
      ];
    });
  }

  #object(node: t.ObjectExpression, env: Env, state: State): Result[] {
    const value: Value = { ...this.fresh(state, node, "lit"), object: true, t: "literal" };
    let states = [state];
    for (const p of node.properties) {
      if (p.type === "ObjectMethod") {
        const fn = this.model.functions.get(p);
        const name = p.key.type === "Identifier" ? p.key.name : null;
        if (fn && name) for (const s of states) this.setField(value, name, { k: "fn", fn, env }, p, s);
      } else if (p.type === "ObjectProperty") {
        const name =
          p.key.type === "Identifier" && !p.computed
            ? p.key.name
            : p.key.type === "StringLiteral"
              ? p.key.value
              : null;
        states = states.flatMap((s) =>
          this.eval(p.value, env, s).map((r) => {
            if (name) this.setField(value, name, r.value, p, r.state);
            return r.state;
          }),
        );
      } else {
        states = states.flatMap((s) =>
          this.eval(p.argument, env, s).map((r) => {
            this.copyFields(value, r.value, p, r.state);
            return r.state;
          }),
        );
      }
    }
    return states.map((s) => ({ state: s, value }));
  }

  /** Somebody else knows the object from here on. */
  escape(value: Value, node: t.Node, state: State): void {
    if (value.k !== "sym") return;
    const object = state.objs.get(value.id);
    if (object && (object.st === "new" || object.st === "borrowed") && object.kind !== "netdev")
      state.objs.set(value.id, { ...object, st: "kept", at: this.span(node) });
  }

  copyFields(to: Value, from: Value, node: t.Node, state: State): void {
    const prefix = `${keyOf(from)}.`;
    for (const [key, value] of [...state.cells])
      if (key.startsWith(prefix) && !key.slice(prefix.length).includes("."))
        this.setField(to, key.slice(prefix.length), value, node, state);
  }

  #new(node: t.NewExpression, env: Env, state: State): Result[] {
    const name = node.callee.type === "Identifier" ? node.callee.name : "object";
    return this.#all(node.arguments as t.Expression[], env, state).flatMap(({ state: s, values }) => {
      const value: Value = { ...this.fresh(s, node, "new"), object: true, t: name };
      const cls = this.model.classes.get(name);
      return cls ? this.#construct(cls, value, values, node, s) : [{ state: s, value }];
    });
  }

  #construct(cls: ClassInfo, value: Value, args: Value[], node: t.Node, state: State): Result[] {
    const base = cls.base ? this.model.classes.get(cls.base) : undefined;
    let states = base ? this.#construct(base, value, args, node, state).map((r) => r.state) : [state];
    const env: Env = {
      frame: `class:${cls.name}`,
      names: new Set(),
      parent: this.envs.get(cls.module) ?? null,
    };
    for (const member of cls.node.body.body) {
      if (member.type !== "ClassProperty" || member.key.type !== "Identifier" || member.static) continue;
      const { key } = member;
      if (!member.value) continue;
      states = states.flatMap((s) => {
        const results = this.eval(member.value!, env, s);
        for (const r of results) r.state.cells.set(`${keyOf(value)}.${key.name}`, r.value);
        return results.map((r) => r.state);
      });
    }
    for (const member of cls.node.body.body) {
      if (member.type !== "ClassMethod" || member.key.type !== "Identifier") continue;
      const fn = this.model.functions.get(member);
      if (!fn) continue;
      if (member.kind === "constructor")
        states = states.flatMap((s) =>
          this.invoke({ k: "fn", fn, env }, args, node, s, value).map((r) => r.state),
        );
      else if (member.kind === "method" && !member.static)
        for (const s of states) s.cells.set(`${keyOf(value)}.${fn.name}`, { k: "fn", fn, env, self: value });
    }
    return states.map((s) => ({ state: s, value }));
  }

  #call(node: t.CallExpression | t.OptionalCallExpression, env: Env, state: State): Result[] {
    this.#calls.push(node);
    const results = this.#calling(node, env, state);
    this.#calls.pop();
    return results;
  }

  #calling(node: t.CallExpression | t.OptionalCallExpression, env: Env, state: State): Result[] {
    const { callee } = node;
    if (callee.type === "MemberExpression" || callee.type === "OptionalMemberExpression")
      return this.#member(callee, env, state).flatMap(({ object, field, state: s }) => {
        if (truth(object, s) === false && (callee.optional || node.type === "OptionalCallExpression"))
          return [{ state: s, value: UNDEFINED }];
        const fn = this.field(object, field, callee, s);
        return this.#all(node.arguments, env, s).flatMap((a) =>
          this.#dispatch(fn, a.values, node, a.state, object, field, true),
        );
      });
    return this.eval(callee, env, state).flatMap((c) =>
      this.#all(node.arguments, env, c.state).flatMap((a) =>
        this.#dispatch(
          c.value,
          this.#typeArguments(node, a.values, c.value),
          node,
          a.state,
          undefined,
          callee.type === "Identifier" ? callee.name : "call",
          false,
        ),
      ),
    );
  }

  /** `netdev_priv<my_priv>(dev)`: the type is passed as a last, named argument. */
  #typeArguments(node: t.CallExpression | t.OptionalCallExpression, args: Value[], callee: Value): Value[] {
    if (callee.k !== "api") return args;
    const given = "typeParameters" in node ? node.typeParameters : undefined;
    const type =
      given?.type === "TSTypeParameterInstantiation" && given.params[0]
        ? typeName(given.params[0])
        : undefined;
    return type === undefined ? args : [...args, { k: "sym", id: `type:${type}`, t: type }];
  }

  #dispatch(
    callee: Value,
    args: Value[],
    node: t.CallExpression | t.OptionalCallExpression,
    state: State,
    self: Value | undefined,
    name: string,
    member: boolean,
  ): Result[] {
    if (callee.k === "fn") return this.invoke(callee, args, node, state, callee.self ?? self);
    if (callee.k === "api") return this.#kernel(callee.name, args, node, state);
    if (callee.k === "sym" && callee.id.startsWith("const:"))
      return this.#kernel(callee.id.slice("const:".length), args, node, state);
    if (callee.k === "null" && node.type === "OptionalCallExpression") return [{ state, value: UNDEFINED }];
    if (member && self) {
      const builtin = this.#method(self, name, args, node, state);
      if (builtin) return builtin;
    }
    // a variable that was read from a field may be what was ever stored in such a field
    const field = callee.k === "sym" ? /\.(\w+)$/.exec(callee.id)?.[1] : undefined;
    const known = this.candidates.get(member ? `.${name}` : name) ?? this.candidates.get(`.${field ?? name}`);
    const candidates = [...(known?.values() ?? [])];
    if (callee.k === "sym" && candidates.length > 0 && candidates.length <= 4)
      return candidates.flatMap((c) =>
        c.k === "fn" ? this.invoke(c, args, node, state.clone(), c.self ?? self) : [],
      );
    for (const arg of args) this.escape(arg, node, state);
    return [{ state, value: this.fresh(state, node, name) }];
  }

  /** Methods of arrays and their like that call back. */
  #method(self: Value, name: string, args: Value[], node: t.Node, state: State): Result[] | null {
    const [callback] = args;
    if (callback?.k !== "fn" || !/^(forEach|map|filter|some|every|find|reduce|sort|from)$/.test(name))
      return null;
    const skipped = state.clone();
    const element = typed(this.fresh(state, node, "each"), elementType(self));
    const after = this.invoke(callback, [element], node, state, undefined);
    return [
      { state: skipped, value: this.fresh(skipped, node, name) },
      ...after.map((r) => ({ state: r.state, value: this.fresh(r.state, node, name) })),
    ];
  }

  #kernel(name: string, args: Value[], node: t.Node, state: State): Result[] {
    const call: ApiCall = { name, args, node, state };
    for (const w of this.#watchers) w.call?.(call, this);
    const results = callApi(call, this);
    for (const r of results) for (const w of this.#watchers) w.called?.(call, r, this);
    return results;
  }
}

const FIELD_TYPES: Readonly<Record<string, string>> = {
  "sk_buff.dev": "net_device",
  "net_device.xmit_lock": "spinlock_t",
  "net_device.queue_lock": "spinlock_t",
};

function ownerOf(name: string, env: Env): Env | null {
  for (let e: Env | null = env; e; e = e.parent) if (e.names.has(name)) return e;
  return null;
}

function moduleOf(env: Env, envs: ReadonlyMap<Module, Env>): Module | undefined {
  let root = env;
  while (root.parent) root = root.parent;
  for (const [module, e] of envs) if (e.frame === root.frame) return module;
  return undefined;
}

const elementType = (array: Value): string | undefined =>
  array.k === "sym" && array.t?.endsWith("[]") ? array.t.slice(0, -2) : undefined;

export function typed(value: Value, type: string | undefined): Value {
  return type !== undefined && value.k === "sym" && value.t === undefined ? { ...value, t: type } : value;
}

/** Whoever does not look at the result of a call counts on its success. */
function counted(node: t.Node, results: Result[]): Result[] {
  if (node.type !== "CallExpression" || results.length < 2) return results;
  const failed = ({ value }: Result): boolean =>
    (value.k === "num" && value.v < 0) || (value.k === "sym" && value.id.startsWith("errno:"));
  const succeeded = results.filter((r) => !failed(r));
  return succeeded.length > 0 ? succeeded : results;
}

/** What return values must agree in to be merged. */
function shape(value: Value): string {
  return value.k === "sym" ? (value.from ? "from" : "sym") : keyOf(value);
}

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

function assume(value: Value, is: boolean, state: State): void {
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

function compareOr(op: string, a: Value, b: Value, state: State): Value {
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

function unary(op: string, value: Value): Value {
  if (op === "!") return value.k === "num" ? (value.v === 0 ? TRUE : FALSE) : negate(value);
  if (op === "-" && value.k === "num") return num(-value.v, value.name ? `-${value.name}` : undefined);
  if (op === "+") return value;
  if (op === "~" && value.k === "num") return num(~value.v);
  if (op === "void") return UNDEFINED;
  return { k: "sym", id: `(${op}${keyOf(value)})` };
}

/** The name of an array's element, known or not. */
const ELEMENT = /^(\d+$|\[)/;

interface Assigned {
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

const assignedCache = new WeakMap<t.Node, Assigned>();

/** Variables and fields that a loop assigns, functions inside not counted. */
function assignedIn(loop: t.Node): Assigned {
  const known = assignedCache.get(loop);
  if (known) return known;
  const names = new Set<string>();
  const fields = new Set<string>();
  const visit = (node: t.Node): void => {
    const target =
      node.type === "AssignmentExpression"
        ? node.left
        : node.type === "UpdateExpression"
          ? node.argument
          : null;
    if (target?.type === "Identifier") names.add(target.name);
    if (target?.type === "MemberExpression" && target.property.type === "Identifier" && !target.computed)
      fields.add(target.property.name);
    if (isFunction(node)) return;
    for (const value of Object.values(node) as unknown[])
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
        if (item !== null && typeof item === "object" && typeof (item as t.Node).type === "string")
          visit(item as t.Node);
  };
  visit(loop);
  const assigned = { names, fields };
  assignedCache.set(loop, assigned);
  return assigned;
}
