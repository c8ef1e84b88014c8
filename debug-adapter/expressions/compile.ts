/**
 * Expressions of the user (conditions, log points, hovers, watches, the console), compiled to closures: names are found
 * once, and nothing is done that the {@link Policy} does not allow.
 */
import type * as t from "@babel/types";
import { UserError } from "../errors.ts";
import { assignTo, updateOf } from "./assign.ts";
import { isPureNative } from "./builtins.ts";
import type { Compiled, Environment, Evaluate, Names, Policy } from "./environment.ts";
import { binaryOperator, unaryOperator } from "./operators.ts";
import { parse } from "./parse.ts";
import { asPrimitiveOperand, readProperty } from "./properties.ts";

/** Compiles one expression; throws a UserError that says what is wrong with it. */
export function compileExpression(text: string, names: Names, policy: Policy): Compiled {
  const compiler = new Compiler(names, policy);
  const evaluate = compiler.expression(parse(text));
  return { evaluate, runsCode: compiler.runsCode };
}

/** Ends an optional chain whose object is null or undefined. */
const SHORT = Symbol("short-circuit");
/** Functions that are written in the expression itself. */
const ownFunctions = new WeakSet<object>();

export class Compiler {
  readonly policy: Policy;
  runsCode = false;
  readonly #names: Names;
  /** Parameters of the arrow functions around the current node, outermost first. */
  #parameters: readonly string[] = [];

  constructor(names: Names, policy: Policy) {
    this.#names = names;
    this.policy = policy;
  }

  expression(node: t.Node): Evaluate {
    switch (node.type) {
      case "NumericLiteral":
      case "StringLiteral":
      case "BooleanLiteral":
        return constant(node.value);
      case "BigIntLiteral":
        return constant(BigInt(node.value));
      case "NullLiteral":
        return constant(null);
      case "RegExpLiteral":
        return () => new RegExp(node.pattern, node.flags);
      case "TemplateLiteral":
        return this.#template(node);
      case "Identifier":
        return this.#identifier(node.name);
      case "ThisExpression":
        return ({ frame }) => frame?.self;
      case "MemberExpression":
      case "OptionalMemberExpression":
        return this.#chainEnd(this.#member(node), node);
      case "CallExpression":
      case "OptionalCallExpression":
        return this.#chainEnd(this.#call(node), node);
      case "UnaryExpression":
        return this.#unary(node);
      case "BinaryExpression":
        return this.#binary(node);
      case "LogicalExpression":
        return this.#logical(node);
      case "ConditionalExpression":
        return this.#conditional(node);
      case "ArrayExpression":
        return this.#array(node.elements);
      case "ObjectExpression":
        return this.#object(node);
      case "ArrowFunctionExpression":
        return this.#arrow(node);
      case "SequenceExpression":
        return this.#sequence(node);
      case "AssignmentExpression":
        return assignTo(this, node);
      case "UpdateExpression":
        return updateOf(this, node);
      case "NewExpression":
        return this.#new(node);
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "ParenthesizedExpression":
        return this.expression(node.expression);
      default:
        throw new UserError(`${describe(node)} cannot be evaluated here`);
    }
  }

  /** Where a name is found; also for the left side of an assignment. */
  binding(name: string) {
    const index = this.#parameters.lastIndexOf(name);
    if (index >= 0) return { read: ({ parameters }: Environment) => parameters[index] };
    return this.#names.lookup(name);
  }

  mustMutate(what: string): void {
    if (!this.policy.mayMutate)
      throw new UserError(`${what} would change the run: use the Debug Console or Set Value`);
  }

  /** Object and key of a member expression, evaluated once each. */
  memberParts(node: t.MemberExpression | t.OptionalMemberExpression): { object: Evaluate; key: Evaluate } {
    if (node.object.type === "Super") throw new UserError("super cannot be evaluated here");
    const object = this.#chainPart(node.object);
    if (node.property.type === "PrivateName")
      throw new UserError(`#${node.property.id.name} is private: look for it in the variables`);
    const key = node.computed
      ? this.expression(node.property)
      : constant((node.property as t.Identifier).name);
    return { object, key };
  }

  #identifier(name: string): Evaluate {
    const binding = this.binding(name);
    if (binding === null) throw new UserError(`${name} is not defined here`);
    if ("runsCode" in binding) this.runsCode ||= binding.runsCode === true;
    return (environment) => binding.read(environment);
  }

  /** A part of a chain keeps the mark of a short circuit; whoever is outside of the chain sees undefined. */
  #chainPart(node: t.Node): Evaluate {
    if (node.type === "MemberExpression" || node.type === "OptionalMemberExpression")
      return this.#member(node);
    if (node.type === "CallExpression" || node.type === "OptionalCallExpression") return this.#call(node);
    return this.expression(node);
  }

  #chainEnd(evaluate: Evaluate, node: t.Node): Evaluate {
    if (!node.type.startsWith("Optional")) return evaluate;
    return (environment) => {
      const value = evaluate(environment);
      return value === SHORT ? undefined : value;
    };
  }

  #member(node: t.MemberExpression | t.OptionalMemberExpression): Evaluate {
    const { object, key } = this.memberParts(node);
    const { policy } = this;
    const optional = node.optional === true;
    return (environment) => {
      const base = object(environment);
      if (base === SHORT || (optional && (base === null || base === undefined))) return SHORT;
      return readProperty(base, key(environment), policy);
    };
  }

  #call(node: t.CallExpression | t.OptionalCallExpression): Evaluate {
    this.runsCode = true;
    const callee = this.#callee(node.callee);
    const args = this.#array(node.arguments as t.ArrayExpression["elements"]);
    const optional = node.optional === true;
    const name = calleeName(node.callee);
    return (environment) => {
      const { fn, self } = callee(environment);
      if (fn === SHORT || (optional && (fn === null || fn === undefined))) return SHORT;
      if (typeof fn !== "function") throw new UserError(`${name} is not a function`);
      const values = args(environment) as unknown[];
      this.#mayCall(fn, values, name);
      return Reflect.apply(fn, self, values) as unknown;
    };
  }

  #callee(node: t.Node): (environment: Environment) => { fn: unknown; self: unknown } {
    if (node.type !== "MemberExpression" && node.type !== "OptionalMemberExpression") {
      const evaluate = this.#chainPart(node);
      return (environment) => ({ fn: evaluate(environment), self: undefined });
    }
    const { object, key } = this.memberParts(node);
    const optional = node.optional === true;
    return (environment) => {
      const self = object(environment);
      if (self === SHORT || (optional && (self === null || self === undefined)))
        return { fn: SHORT, self: undefined };
      return { fn: readProperty(self, key(environment), this.policy), self };
    };
  }

  #mayCall(fn: object, args: readonly unknown[], name: string): void {
    if (ownFunctions.has(fn)) return;
    if (this.policy.mayMutate) {
      this.policy.checkCall?.(fn, name);
      return;
    }
    if (!isPureNative(fn) && !this.policy.isPure(fn))
      throw new UserError(`${name}() may change the run: call it in the Debug Console`);
    for (const argument of args)
      if (typeof argument === "function") this.#mayCall(argument, [], `the function given to ${name}`);
  }

  #new(node: t.NewExpression): Evaluate {
    this.mustMutate("new");
    this.runsCode = true;
    const callee = this.expression(node.callee);
    const args = this.#array(node.arguments as t.ArrayExpression["elements"]);
    return (environment) =>
      Reflect.construct(callee(environment) as () => void, args(environment) as unknown[]) as unknown;
  }

  #template(node: t.TemplateLiteral): Evaluate {
    const parts = node.expressions.map((expression) => this.expression(expression));
    const texts = node.quasis.map((quasi) => quasi.value.cooked ?? "");
    return (environment) =>
      texts
        .map((text, i) => {
          const part = parts[i];
          return part === undefined
            ? text
            : `${text}${String(asPrimitiveOperand(part(environment), this.policy))}`;
        })
        .join("");
  }

  #unary(node: t.UnaryExpression): Evaluate {
    if (node.operator === "delete") return this.#delete(node.argument);
    const { argument } = node;
    if (node.operator === "typeof" && argument.type === "Identifier" && this.binding(argument.name) === null)
      return constant("undefined");
    const apply = unaryOperator(node.operator, this.policy);
    if (apply === null) throw new UserError(`the operator ${node.operator} cannot be evaluated here`);
    const operand = this.expression(argument);
    return (environment) => apply(operand(environment));
  }

  #delete(node: t.Expression): Evaluate {
    this.mustMutate("delete");
    if (node.type !== "MemberExpression") throw new UserError("only a property can be deleted");
    const { object, key } = this.memberParts(node);
    return (environment) =>
      Reflect.deleteProperty(object(environment) as object, key(environment) as PropertyKey);
  }

  #binary(node: t.BinaryExpression): Evaluate {
    const apply = binaryOperator(node.operator, this.policy);
    if (apply === null || node.left.type === "PrivateName")
      throw new UserError(`the operator ${node.operator} cannot be evaluated here`);
    const left = this.expression(node.left);
    const right = this.expression(node.right);
    return (environment) => apply(left(environment), right(environment));
  }

  #logical(node: t.LogicalExpression): Evaluate {
    const left = this.expression(node.left);
    const right = this.expression(node.right);
    if (node.operator === "&&") return (environment) => left(environment) && right(environment);
    if (node.operator === "||") return (environment) => left(environment) || right(environment);
    return (environment) => left(environment) ?? right(environment);
  }

  #conditional(node: t.ConditionalExpression): Evaluate {
    const test = this.expression(node.test);
    const yes = this.expression(node.consequent);
    const no = this.expression(node.alternate);
    return (environment) => (test(environment) ? yes(environment) : no(environment));
  }

  #array(elements: t.ArrayExpression["elements"]): Evaluate {
    const parts = elements.map((element) => {
      if (element === null) return { spread: false, evaluate: constant(undefined) };
      const spread = element.type === "SpreadElement";
      return { spread, evaluate: this.expression(spread ? element.argument : element) };
    });
    return (environment) => {
      const values: unknown[] = [];
      for (const { spread, evaluate } of parts) {
        const value = evaluate(environment);
        if (spread) values.push(...iterate(value, this.policy));
        else values.push(value);
      }
      return values;
    };
  }

  #object(node: t.ObjectExpression): Evaluate {
    const parts = node.properties.map((property) => {
      if (property.type === "SpreadElement") return { key: null, value: this.expression(property.argument) };
      if (property.type !== "ObjectProperty") throw new UserError("methods cannot be written here");
      const { key, computed } = property;
      const name =
        !computed && key.type === "Identifier" ? constant(key.name) : this.expression(key as t.Expression);
      return { key: name, value: this.expression(property.value) };
    });
    return (environment) => {
      const result: Record<PropertyKey, unknown> = {};
      for (const { key, value } of parts) {
        if (key === null) Object.assign(result, value(environment));
        else result[key(environment) as PropertyKey] = value(environment);
      }
      return result;
    };
  }

  #arrow(node: t.ArrowFunctionExpression): Evaluate {
    const names = node.params.map((parameter) => {
      if (parameter.type !== "Identifier") throw new UserError("parameters must be plain names here");
      return parameter.name;
    });
    if (node.async || node.body.type === "BlockStatement")
      throw new UserError("an arrow function must be a plain expression here: x => x.len");
    const outer = this.#parameters;
    this.#parameters = [...outer, ...names];
    const body = this.expression(node.body);
    this.#parameters = outer;
    return (environment) => {
      const fn = (...args: unknown[]): unknown => {
        const own = names.map((_, i) => args[i]);
        return body({ ...environment, parameters: [...environment.parameters, ...own] });
      };
      ownFunctions.add(fn);
      return fn;
    };
  }

  #sequence(node: t.SequenceExpression): Evaluate {
    const parts = node.expressions.map((expression) => this.expression(expression));
    return (environment) => {
      let value: unknown;
      for (const part of parts) value = part(environment);
      return value;
    };
  }
}

function constant(value: unknown): Evaluate {
  return () => value;
}

/** Spreads only what iterates natively, unless code may run. */
function iterate(value: unknown, policy: Policy): Iterable<unknown> {
  const native =
    Array.isArray(value) ||
    typeof value === "string" ||
    value instanceof Map ||
    value instanceof Set ||
    ArrayBuffer.isView(value);
  if (!native && !policy.mayMutate)
    throw new UserError("only arrays, strings, Map and Set can be spread here");
  return value as Iterable<unknown>;
}

function calleeName(node: t.Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" || node.type === "OptionalMemberExpression")
    return node.property.type === "Identifier" && !node.computed ? node.property.name : "this property";
  return "this expression";
}

function describe(node: t.Node): string {
  const words: Readonly<Record<string, string>> = {
    FunctionExpression: "a function",
    ClassExpression: "a class",
    AwaitExpression: "await",
    YieldExpression: "yield",
    TaggedTemplateExpression: "a tagged template",
    Import: "import()",
    MetaProperty: "import.meta",
  };
  return words[node.type] ?? node.type;
}
