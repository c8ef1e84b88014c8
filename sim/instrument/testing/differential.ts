import { transformSync } from "esbuild";
import { compile } from "../compile.ts";
import { load } from "../load.ts";
import type { CompileOptions } from "../monitor.ts";
import { call } from "../runtime/values.ts";
import { TestMonitor } from "./monitor.ts";

/** Functions and errors written so that runs can be compared. */
function plainly(value: unknown, depth = 0): unknown {
  if (typeof value === "function") return `[function ${value.name}/${value.length}]`;
  if (typeof value === "symbol" || typeof value === "bigint" || value === undefined)
    return `<${String(value)}>`;
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return `<${Object.is(value, -0) ? "-0" : value}>`;
  if (typeof value !== "object" || value === null || depth > 6) return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Map) return { map: plainly([...value], depth + 1) };
  if (value instanceof Set) return { set: plainly([...value], depth + 1) };
  if (Array.isArray(value)) return Array.from(value, (item) => plainly(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainly(item, depth + 1)]));
}

/** What the program's default export returns in plain JavaScript. */
export function runPlain(source: string): unknown {
  const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "es2022" });
  const module = { exports: {} as Record<string, unknown> };
  new Function("module", "exports", `"use strict";${code}`)(module, module.exports);
  return outcome(() => (module.exports.default as () => unknown)());
}

function outcome(run: () => unknown): unknown {
  try {
    return plainly(run());
  } catch (error) {
    return { thrown: plainly(error) };
  }
}

export interface Variant {
  readonly pausing: boolean;
  readonly options: Partial<CompileOptions>;
}

export const VARIANTS: readonly Variant[] = [
  { pausing: false, options: {} },
  { pausing: true, options: {} },
  { pausing: true, options: { rich: false } },
  { pausing: true, options: { points: "explicit" } },
];

/** What it returns when it is instrumented. */
export function runInstrumented(source: string, { pausing, options }: Variant): unknown {
  const compiled = compile(source, { id: "test", file: "test.ts", points: "accesses", ...options });
  const bad = compiled.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (bad) return { diagnostic: `${bad.line}:${bad.column} ${bad.message}` };
  const monitor = new TestMonitor(pausing);
  return outcome(() => {
    const module = load(compiled, monitor, () => ({}));
    monitor.run(module.init());
    const value = monitor.run(call(module.exports.default, undefined, []));
    if (monitor.top !== null) throw new Error(`top is ${monitor.top.fn.name}, not null`);
    return value;
  });
}
