/**
 * Walks all paths of a model's functions, without running them. What it knows of values is little: constants, which object
 * is which, what a condition excludes. Watchers, which are the rules, see each call, load and store; what calls do to locks,
 * interrupts and ownership stands in `api/effects.ts`. Paths that agree in all that rules look at are merged when they
 * become many. Statements, expressions and memory have files of their own; here functions are entered, called and left.
 */
import type * as t from "@babel/types";
import { callApi } from "./api/effects.ts";
import { truth } from "./interpreter/logic.ts";
import { elementType, typed } from "./interpreter/memory.ts";
import { Statements, shape } from "./interpreter/statements.ts";
import type { ApiCall, Result } from "./interpreter/types.ts";
import { type Fn, type Module, typeName } from "./model.ts";
import { merge, type State } from "./state.ts";
import { type Env, UNDEFINED, type Value } from "./values.ts";

export { binary, compare, truth } from "./interpreter/logic.ts";
export { typed } from "./interpreter/memory.ts";
export type { Activation, ApiCall, Result, Watcher } from "./interpreter/types.ts";

const MAX_DEPTH = 14;

export class Interpreter extends Statements {
  readonly #calls: (t.CallExpression | t.OptionalCallExpression)[] = [];

  protected get whole(): this {
    return this;
  }

  get steps(): number {
    return this.spentSteps;
  }

  /** Evaluates a module's top level. */
  runTopLevel(module: Module, state: State): State[] {
    this.topLevel = module;
    const env = this.envs.get(module)!;
    this.hoist(module.program.body, env, state);
    const out = this.block(module.program.body, env, [state]);
    return out.normal;
  }

  /** Runs a function from outside; paths that end by return are given back. */
  runEntry(fn: Value, args: readonly Value[], state: State): Result[] {
    this.spentSteps = 0;
    this.cut = false;
    if (fn.k !== "fn") return [];
    return this.invoke(fn, args, null, state, undefined);
  }

  // ---- functions of the model -------------------------------------------------------------------------------------

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
    if (recursive > 1 || this.stack.length >= MAX_DEPTH || this.spent())
      return [{ state, value: this.fresh(state, call ?? fn.node, fn.name) }];
    const frame = `d${this.stack.length}:${fn.name}:${fn.node.start}`;
    const env: Env = { frame, names: fn.names, parent: callee.env };
    for (const name of fn.names) state.cells.delete(`${frame}.${name}`);
    if (self) state.cells.set(`${frame}.this`, self);
    else if (fn.node.type !== "ArrowFunctionExpression") state.cells.delete(`${frame}.this`);
    for (const w of this.watchers) w.invoked?.(fn, state);
    this.stack.push({ fn, call: at });
    let states = [state];
    fn.node.params.forEach((param, i) => {
      states = states.flatMap((s) => this.bindParam(param, args[i], env, s));
    });
    const results = this.body(fn, env, states);
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
      this.paths,
    );
  }

  protected body(fn: Fn, env: Env, states: State[]): Result[] {
    const { body } = fn.node;
    const results: Result[] = [];
    if (body.type !== "BlockStatement") {
      for (const s of states) {
        for (const r of this.eval(body, env, s)) {
          this.leaving(fn, r, body);
          results.push(r);
        }
      }
      return results;
    }
    for (const s of states) this.hoist(body.body, env, s);
    const out = this.block(body.body, env, states);
    for (const s of out.normal) {
      const r = { state: s, value: UNDEFINED };
      this.leaving(fn, r, fn.node);
      results.push(r);
    }
    return [...results, ...out.returns];
  }

  protected leaving(fn: Fn, result: Result, node: t.Node): void {
    for (const w of this.watchers) w.leave?.(fn, result, node, this.whole);
  }

  protected bindParam(param: t.Node, value: Value | undefined, env: Env, state: State): State[] {
    if (param.type === "AssignmentPattern") {
      if (value === undefined || (value.k === "null" && value.from === undefined))
        return this.eval(param.right, env, state).map((r) => {
          this.bind(param.left, r.value, env, r.state);
          return r.state;
        });
      this.bind(param.left, value, env, state);
      return [state];
    }
    const name = param.type === "Identifier" ? param.name : "arg";
    const type = param.type === "Identifier" ? typeName(param.typeAnnotation) : undefined;
    const given = value ?? { k: "sym", id: `${env.frame}.${name}`, ...(type ? { t: type } : {}) };
    this.bind(param, typed(given, type), env, state);
    return [state];
  }

  // ---- calls ------------------------------------------------------------------------------------------------------

  protected callExpression(
    node: t.CallExpression | t.OptionalCallExpression,
    env: Env,
    state: State,
  ): Result[] {
    this.#calls.push(node);
    const results = this.calling(node, env, state);
    this.#calls.pop();
    return results;
  }

  protected calling(node: t.CallExpression | t.OptionalCallExpression, env: Env, state: State): Result[] {
    const { callee } = node;
    if (callee.type === "MemberExpression" || callee.type === "OptionalMemberExpression")
      return this.memberOf(callee, env, state).flatMap(({ object, field, state: s }) => {
        if (truth(object, s) === false && (callee.optional || node.type === "OptionalCallExpression"))
          return [{ state: s, value: UNDEFINED }];
        const fn = this.field(object, field, callee, s);
        return this.evalAll(node.arguments, env, s).flatMap((a) =>
          this.dispatch(fn, a.values, node, a.state, object, field, true),
        );
      });
    return this.eval(callee, env, state).flatMap((c) =>
      this.evalAll(node.arguments, env, c.state).flatMap((a) =>
        this.dispatch(
          c.value,
          this.typeArguments(node, a.values, c.value),
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
  protected typeArguments(
    node: t.CallExpression | t.OptionalCallExpression,
    args: Value[],
    callee: Value,
  ): Value[] {
    if (callee.k !== "api") return args;
    const given = "typeParameters" in node ? node.typeParameters : undefined;
    const type =
      given?.type === "TSTypeParameterInstantiation" && given.params[0]
        ? typeName(given.params[0])
        : undefined;
    return type === undefined ? args : [...args, { k: "sym", id: `type:${type}`, t: type }];
  }

  protected dispatch(
    callee: Value,
    args: Value[],
    node: t.CallExpression | t.OptionalCallExpression,
    state: State,
    self: Value | undefined,
    name: string,
    member: boolean,
  ): Result[] {
    if (callee.k === "fn") return this.invoke(callee, args, node, state, callee.self ?? self);
    if (callee.k === "api") return this.kernelCall(callee.name, args, node, state);
    if (callee.k === "sym" && callee.id.startsWith("const:"))
      return this.kernelCall(callee.id.slice("const:".length), args, node, state);
    if (callee.k === "null" && node.type === "OptionalCallExpression") return [{ state, value: UNDEFINED }];
    if (member && self) {
      const builtin = this.callingBack(self, name, args, node, state);
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
  protected callingBack(
    self: Value,
    name: string,
    args: Value[],
    node: t.Node,
    state: State,
  ): Result[] | null {
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

  protected kernelCall(name: string, args: Value[], node: t.Node, state: State): Result[] {
    const call: ApiCall = { name, args, node, state };
    for (const w of this.watchers) w.call?.(call, this.whole);
    const results = callApi(call, this.whole);
    for (const r of results) for (const w of this.watchers) w.called?.(call, r, this.whole);
    return results;
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
}
