/** Checks the types of a request's arguments, so that handlers may rely on them. */
import type { ArgumentShape } from "./protocol.ts";

/** What is wrong with `args`, or null. */
export function argumentProblem(command: string, args: unknown, shape: ArgumentShape): string | null {
  const missing = args === undefined || args === null;
  if (!missing && (typeof args !== "object" || Array.isArray(args)))
    return `${command}: arguments must be an object`;
  const record = (missing ? {} : args) as Record<string, unknown>;
  for (const [name, type] of Object.entries(shape)) {
    const optional = type.endsWith("?");
    const value = record[name];
    if (value === undefined || (value === null && optional)) {
      if (optional) continue;
      return `${command}: the argument ${name} is missing`;
    }
    const kind = optional ? type.slice(0, -1) : type;
    if (!isKind(value, kind))
      return `${command}: ${name} must be ${article(kind)} ${kind}, not ${describe(value)}`;
  }
  return null;
}

function isKind(value: unknown, kind: string): boolean {
  if (kind === "integer") return Number.isSafeInteger(value);
  if (kind === "array") return Array.isArray(value);
  if (kind === "object") return isRecord(value);
  return typeof value === kind;
}

function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? "an" : "a";
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same without members that are null: some clients write null for what they leave out. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
