/** Reading properties without running anything of the program: no getter, no report of an access to freed memory. */
import { peek } from "../../sim/machine/freed-memory.ts";
import { UserError } from "../errors.ts";
import { isNativeGetter } from "./builtins.ts";
import type { Policy } from "./environment.ts";

/** `object[key]` under a policy. */
export function readProperty(object: unknown, key: unknown, policy: Policy): unknown {
  if (object === null || object === undefined)
    throw new UserError(`cannot read ${describeKey(key)} of ${String(object)}`);
  const name = typeof key === "symbol" ? key : String(key);
  if (typeof object !== "object" && typeof object !== "function")
    return (object as unknown as Record<string | symbol, unknown>)[name];
  if (policy.isFreed(object) && Object.hasOwn(object, name)) return peek(object, name);
  const found = findDescriptor(object, name);
  if (found === undefined) return undefined;
  if ("value" in found) return found.value;
  if (found.get === undefined) return undefined;
  if (isNativeGetter(found.get) || isNamespaceGetter(object, found) || policy.mayMutate)
    return Reflect.get(object, name) as unknown;
  throw new UserError(`${describeKey(key)} is a getter, it runs code: evaluate it in the Debug Console`);
}

function findDescriptor(object: object, name: string | symbol): PropertyDescriptor | undefined {
  for (
    let holder: object | null = object;
    holder !== null;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

/** Exports of a module are accessors on an object without prototype. */
function isNamespaceGetter(object: object, descriptor: PropertyDescriptor): boolean {
  return Object.getPrototypeOf(object) === null && descriptor.set === undefined;
}

function describeKey(key: unknown): string {
  return typeof key === "symbol" ? String(key) : `"${String(key)}"`;
}

/** Refuses to turn an object into a string or number if that would run the program's own toString or valueOf. */
export function asPrimitiveOperand(value: unknown, policy: Policy): unknown {
  if (policy.mayMutate || typeof value !== "object" || value === null) return value;
  for (const name of [Symbol.toPrimitive, "valueOf", "toString", "toJSON"] as const) {
    const own = findDescriptor(value, name);
    if (own !== undefined && !isBuiltInConversion(own.value))
      throw new UserError("comparing this object would run its own code: evaluate it in the Debug Console");
  }
  return value;
}

const conversions: ReadonlySet<unknown> = new Set(
  [Object, Array, Date, RegExp, Error, Function, Symbol, Number, String, Boolean, BigInt, Map, Set]
    .map((type) => type.prototype as object)
    .concat(Object.getPrototypeOf(Uint8Array.prototype) as object)
    .flatMap((prototype) =>
      [Symbol.toPrimitive, "valueOf", "toString", "toJSON"].map(
        (name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown,
      ),
    )
    .filter((value) => value !== undefined),
);

function isBuiltInConversion(fn: unknown): boolean {
  return conversions.has(fn);
}
