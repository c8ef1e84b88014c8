/** Assignments in the Debug Console. */
import type * as t from "@babel/types";
import { UserError } from "../errors.ts";
import type { Compiler } from "./compile.ts";
import type { Environment, Evaluate } from "./environment.ts";
import { binaryOperator } from "./operators.ts";
import { readProperty } from "./properties.ts";

/** Something that can be assigned to; `open` evaluates its parts once. */
interface Target {
  open(environment: Environment): { get(): unknown; set(value: unknown): void };
}

export function assignTo(compiler: Compiler, node: t.AssignmentExpression): Evaluate {
  compiler.mustMutate("an assignment");
  const target = targetOf(compiler, node.left);
  const value = compiler.expression(node.right);
  const combine = combination(compiler, node.operator);
  return (environment) => {
    const place = target.open(environment);
    const result = combine(place.get, () => value(environment));
    if (result.write) place.set(result.value);
    return result.value;
  };
}

export function updateOf(compiler: Compiler, node: t.UpdateExpression): Evaluate {
  compiler.mustMutate(node.operator);
  const target = targetOf(compiler, node.argument);
  return (environment) => {
    const place = target.open(environment);
    const before = place.get() as number | bigint;
    const one = (typeof before === "bigint" ? 1n : 1) as number;
    const after = node.operator === "++" ? (before as number) + one : (before as number) - one;
    place.set(after);
    return node.prefix ? after : before;
  };
}

type Combine = (get: () => unknown, value: () => unknown) => { write: boolean; value: unknown };

function combination(compiler: Compiler, operator: string): Combine {
  if (operator === "=") return (_get, value) => ({ write: true, value: value() });
  const base = operator.slice(0, -1);
  if (base === "&&" || base === "||" || base === "??") {
    return (get, value) => {
      const old = get();
      const keeps = base === "&&" ? !old : base === "||" ? Boolean(old) : old !== null && old !== undefined;
      return keeps ? { write: false, value: old } : { write: true, value: value() };
    };
  }
  const apply = binaryOperator(base, compiler.policy);
  if (apply === null) throw new UserError(`the operator ${operator} cannot be evaluated here`);
  return (get, value) => ({ write: true, value: apply(get(), value()) });
}

function targetOf(compiler: Compiler, node: t.Node): Target {
  if (node.type === "Identifier") return nameTarget(compiler, node.name);
  if (node.type === "MemberExpression") {
    const { object, key } = compiler.memberParts(node);
    return {
      open(environment) {
        const base = object(environment);
        const name = key(environment) as PropertyKey;
        return {
          get: () => readProperty(base, name, compiler.policy),
          set: (value) => setProperty(base, name, value),
        };
      },
    };
  }
  throw new UserError("only a variable or a property can be assigned to here");
}

function nameTarget(compiler: Compiler, name: string): Target {
  const binding = compiler.binding(name);
  if (binding === null) throw new UserError(`${name} is not defined here`);
  const write = "write" in binding ? binding.write : undefined;
  if (write === undefined) throw new UserError(`${name} cannot be changed`);
  return {
    open: (environment) => ({
      get: () => binding.read(environment),
      set: (value) => write.call(binding, environment, value),
    }),
  };
}

/** Sets a property; says why if that does not work. */
export function setProperty(object: unknown, key: PropertyKey, value: unknown): void {
  if ((typeof object !== "object" && typeof object !== "function") || object === null)
    throw new UserError(`cannot set ${String(key)} of ${String(object)}`);
  if (!Reflect.set(object, key, value)) throw new UserError(`${String(key)} cannot be changed`);
}
