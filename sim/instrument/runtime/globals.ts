import { FORBIDDEN_GLOBALS, SAFE_GLOBALS } from "../globals.ts";
import { ProgramProxy } from "./proxy.ts";

/** A read of something that the simulated machine does not have. */
export function forbidden(name: string): never {
  throw new ReferenceError(FORBIDDEN_GLOBALS[name] ?? `${name} is not defined`);
}

function safeMath(): object {
  const math = Object.create(Object.prototype) as Record<string, unknown>;
  for (const key of Object.getOwnPropertyNames(Math).filter((name) => name !== "random"))
    Object.defineProperty(math, key, { value: (Math as unknown as Record<string, unknown>)[key] });
  Object.defineProperty(math, "random", {
    value: () => {
      throw new Error(
        "Math.random is not there: chance comes from the seed of the run. Use get_random_bytes.",
      );
    },
  });
  Object.defineProperty(math, Symbol.toStringTag, { value: "Math" });
  return Object.freeze(math);
}

function refuseText(): never {
  throw new EvalError(
    "Function(text) cannot be followed by the debugger and is not supported. Write the function out.",
  );
}

function makeGlobals(): Record<string, unknown> {
  const all = Object.create(null) as Record<string, unknown>;
  for (const name of SAFE_GLOBALS) all[name] = (globalThis as Record<string, unknown>)[name];
  all.Math = safeMath();
  all.Proxy = ProgramProxy;
  all.Function = new Proxy(Function, { apply: refuseText, construct: refuseText });
  all.globalThis = new Proxy(Object.freeze({ ...all }), {
    get(target, key) {
      if (typeof key === "string" && FORBIDDEN_GLOBALS[key] !== undefined) forbidden(key);
      return (target as Record<PropertyKey, unknown>)[key];
    },
  });
  return Object.freeze(all);
}

/** The global objects of every program: shared, and frozen where a program could otherwise learn of another. */
export const programGlobals = makeGlobals();
