/** Expressions on a path: each gives values, some split the path. */
import type * as t from "@babel/types";
import { type ClassInfo, typeName } from "../model.ts";
import type { State } from "../state.ts";
import { type Env, FALSE, keyOf, num, TRUE, UNDEFINED, type Value } from "../values.ts";
import { assume, binary, compareOr, truth, unary } from "./logic.ts";
import { Memory, typed } from "./memory.ts";
import type { Result } from "./types.ts";

export abstract class Expressions extends Memory {
  /** Calls a function of the model. */
  abstract invoke(
    callee: Extract<Value, { k: "fn" }>,
    args: readonly Value[],
    call: t.Node | null,
    state: State,
    self: Value | undefined,
  ): Result[];
  protected abstract callExpression(
    node: t.CallExpression | t.OptionalCallExpression,
    env: Env,
    state: State,
  ): Result[];

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
        return [{ state, value: this.nameValue(node, env, state) }];
      case "ThisExpression":
        return [{ state, value: this.thisValue(env, state) ?? this.fresh(state, node, "this") }];
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
        return this.memberOf(node, env, state).map(({ object, field, state: s }) => {
          if (node.type === "OptionalMemberExpression" && truth(object, s) === false)
            return { state: s, value: UNDEFINED };
          return { state: s, value: this.field(object, field, node, s) };
        });
      case "CallExpression":
      case "OptionalCallExpression":
        return this.callExpression(node, env, state);
      case "NewExpression":
        return this.newObject(node, env, state);
      case "AssignmentExpression":
        return this.assignment(node, env, state);
      case "UpdateExpression":
        return this.eval(node.argument, env, state).map(({ state: s, value }) => {
          const next = binary(node.operator === "++" ? "+" : "-", value, num(1));
          this.storeTo(node.argument, next, env, s);
          return { state: s, value: node.prefix ? next : value };
        });
      case "LogicalExpression":
        return this.logical(node, env, state);
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
        return this.evalAll(node.expressions, env, state).map((r) => ({
          state: r.state,
          value: r.values.at(-1)!,
        }));
      case "ArrowFunctionExpression":
      case "FunctionExpression": {
        const fn = this.model.functions.get(node);
        return [{ state, value: fn ? { k: "fn", fn, env } : this.fresh(state, node, "fn") }];
      }
      case "ObjectExpression":
        return this.objectLiteral(node, env, state);
      case "ArrayExpression":
        return this.evalAll(
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
        return this.evalAll(node.expressions as t.Expression[], env, state).map((r) => ({
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
  protected evalAll(
    nodes: readonly (t.Node | null)[],
    env: Env,
    state: State,
  ): { state: State; values: Value[] }[] {
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

  protected memberOf(
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

  protected logical(node: t.LogicalExpression, env: Env, state: State): Result[] {
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

  // ---- assignments ------------------------------------------------------------------------------------------------

  protected assignment(node: t.AssignmentExpression, env: Env, state: State): Result[] {
    const op = node.operator;
    if (op === "=")
      return this.eval(node.right, env, state).map((r) => {
        this.storeTo(node.left, r.value, env, r.state);
        return r;
      });
    return this.eval(node.left, env, state).flatMap((l) =>
      this.eval(node.right, env, l.state).map((r) => {
        const value = binary(op.slice(0, -1), l.value, r.value);
        this.storeTo(node.left, value, env, r.state);
        return { state: r.state, value };
      }),
    );
  }

  protected storeTo(target: t.Node, value: Value, env: Env, state: State): void {
    if (target.type === "TSNonNullExpression" || target.type === "TSAsExpression") {
      this.storeTo(target.expression, value, env, state);
      return;
    }
    if (target.type === "Identifier") {
      this.assignName(target.name, value, env, state);
      return;
    }
    if (target.type === "MemberExpression") {
      // the object was evaluated before: only its value is wanted again
      const [place] = this.memberOf(target, env, state);
      if (place) this.setField(place.object, place.field, value, target, place.state);
      return;
    }
    if (target.type === "ObjectPattern" || target.type === "ArrayPattern")
      this.bind(target, value, env, state);
  }

  protected bind(target: t.Node, value: Value, env: Env, state: State): void {
    switch (target.type) {
      case "Identifier":
        this.assignName(target.name, value, env, state);
        return;
      case "AssignmentPattern":
        this.bind(target.left, value, env, state);
        return;
      case "ObjectPattern":
        for (const p of target.properties) {
          if (p.type === "RestElement") this.bind(p.argument, this.fresh(state, p, "rest"), env, state);
          else if (p.key.type === "Identifier")
            this.bind(p.value, this.field(value, p.key.name, p, state), env, state);
        }
        return;
      case "ArrayPattern":
        target.elements.forEach((e, i) => {
          if (e) this.bind(e, this.field(value, String(i), e, state), env, state);
        });
        return;
      case "RestElement":
        this.bind(target.argument, this.fresh(state, target, "rest"), env, state);
        return;
      case "TSParameterProperty":
        this.bind(target.parameter, value, env, state);
        return;
      default:
        this.storeTo(target, value, env, state);
    }
  }

  // ---- objects ----------------------------------------------------------------------------------------------------

  protected objectLiteral(node: t.ObjectExpression, env: Env, state: State): Result[] {
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

  protected newObject(node: t.NewExpression, env: Env, state: State): Result[] {
    const name = node.callee.type === "Identifier" ? node.callee.name : "object";
    return this.evalAll(node.arguments as t.Expression[], env, state).flatMap(({ state: s, values }) => {
      const value: Value = { ...this.fresh(s, node, "new"), object: true, t: name };
      const cls = this.model.classes.get(name);
      return cls ? this.construct(cls, value, values, node, s) : [{ state: s, value }];
    });
  }

  protected construct(cls: ClassInfo, value: Value, args: Value[], node: t.Node, state: State): Result[] {
    const base = cls.base ? this.model.classes.get(cls.base) : undefined;
    let states = base ? this.construct(base, value, args, node, state).map((r) => r.state) : [state];
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
}
