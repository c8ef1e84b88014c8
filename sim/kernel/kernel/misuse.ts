/** How the kernel tells that a driver called it wrongly. */
import { emit, oops } from "machine";

/** Tells the rules that `fn` was used wrongly; `rule` is the rule that it breaks, if one fits exactly. */
export function emit_misuse(fn: string, message: string, rule?: string): void {
  if (rule === undefined) emit({ type: "api-misused", fn, message });
  else emit({ type: "api-misused", fn, message, rule });
}

/** What an argument must be: a primitive's `typeof`, a size (C's size_t), an object of any class, or an instance of a class. */
export type arg_kind =
  | "object"
  | "function"
  | "number"
  | "size"
  | "string"
  | "bytes"
  | (abstract new (
      ...args: never[]
    ) => object);

/**
 * Checks an argument that a driver passed. If it is not of its kind this reports one clear message (event `api-misused`)
 * and ends the task as a NULL or wild pointer would.
 */
export function check_arg(fn: string, name: string, value: unknown, kind: arg_kind): void {
  if (typeof kind === "function" ? value instanceof kind : is_kind(value, kind)) return;
  const message = `${fn}(): ${name} must be ${kind_name(kind)}, but it is ${value_name(value)}`;
  emit_misuse(fn, message);
  if (value === null || value === undefined)
    oops(`Unable to handle kernel NULL pointer dereference: ${message}`);
  oops(`Unable to handle kernel paging request: ${message}`);
}

/** Memory beyond the end of an object: there is nothing, as behind the last page. Ends the task. */
export function check_bounds(fn: string, name: string, size: number, length: number): void {
  if (size >= 0 && size <= length) return;
  const message =
    size < 0
      ? `${fn}(): the size is negative (${size})`
      : `${fn}(): ${size} bytes of ${name}, which has only ${length}`;
  emit_misuse(fn, message);
  oops(`Unable to handle kernel paging request: ${message}`);
}

function is_kind(value: unknown, kind: arg_kind): boolean {
  if (kind === "object") return typeof value === "object" && value !== null;
  if (kind === "bytes") return value instanceof Uint8Array;
  if (kind === "size") return typeof value === "number" && value >= 0;
  if (kind === "number") return typeof value === "number" && !Number.isNaN(value);
  return typeof value === kind;
}

function kind_name(kind: arg_kind): string {
  if (typeof kind === "function") return `a ${kind.name}`;
  if (kind === "object") return "an object";
  if (kind === "bytes") return "bytes (a Uint8Array)";
  if (kind === "size") return "a number not below 0";
  return `a ${kind}`;
}

function value_name(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "object") return `a ${value.constructor?.name ?? "bare object"}`;
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === "undefined") return "undefined";
  return `the ${typeof value} ${String(value)}`;
}
