import type * as t from "@babel/types";
import type { Binding } from "./bindings.ts";
import { type Emitter, quote, safeName } from "./emitter.ts";
import { FORBIDDEN_GLOBALS, SAFE_GLOBALS } from "./globals.ts";
import { LOAD, STORE } from "./monitor.ts";

/** Text that names a variable, without points and checks. */
export function bindingText(e: Emitter, binding: Binding): string {
  if (binding.from !== null) {
    const index = e.importIndex(binding.from.specifier);
    if (binding.from.name === "*") return `$i${index}`;
    return `$i${index}${propertyText(binding.from.name)}`;
  }
  if (binding.member !== null) return binding.member;
  return safeName(binding.name);
}

export function propertyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quote(name)}]`;
}

/** Reads a variable. */
export function readIdentifier(e: Emitter, node: t.Identifier): string {
  const binding = e.binding(node);
  if (binding === null) return readGlobal(e, node);
  if (binding.literal !== null && !binding.unsafe) return binding.literal;
  const text = bindingText(e, binding);
  const checked = binding.unsafe ? `(${text}===$T?$tdz(${quote(binding.name)}):${text})` : text;
  if (!binding.shared) return checked;
  const point = e.point(node, e.memoryOf(binding.scope), quote(binding.name), LOAD);
  return point === "" ? checked : `(${point}${checked})`;
}

/** May the text of this identifier be repeated, and be read after a scheduling point? */
export function isStable(e: Emitter, node: t.Node): boolean {
  if (node.type === "ThisExpression") return !e.fn.ctor?.derived;
  if (node.type !== "Identifier") return false;
  const binding = e.binding(node);
  return binding !== null && !binding.shared && !binding.unsafe;
}

/** Can nothing that is evaluated in between change it? */
export function isFixed(e: Emitter, node: t.Node): boolean {
  switch (node.type) {
    case "NumericLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
      return true;
    case "StringLiteral":
      return node.value.length < 24;
    case "ThisExpression":
      return !e.fn.ctor?.derived;
    case "Identifier": {
      if (node.name === "undefined" && e.binding(node) === null) return true;
      const binding = e.binding(node);
      if (binding === null || binding.unsafe) return false;
      return binding.constant || !binding.assigned;
    }
    default:
      return false;
  }
}

function readGlobal(e: Emitter, node: t.Identifier): string {
  const { name } = node;
  if (name === "undefined") return "undefined";
  if (name === "arguments") return e.fn.arguments;
  const advice = FORBIDDEN_GLOBALS[name];
  if (advice !== undefined) {
    e.error(name === "eval" ? "eval" : "forbidden-global", advice, node);
    return `$rt.forbidden(${quote(name)})`;
  }
  if (SAFE_GLOBALS.has(name)) {
    e.globals.add(name);
    return safeName(name);
  }
  return `$rt.global(${quote(name)})`;
}

/** `typeof x` of a name that nobody declares does not throw. */
export function typeofGlobal(e: Emitter, node: t.Identifier): string | null {
  if (e.binding(node) !== null || node.name === "undefined" || node.name === "arguments") return null;
  if (SAFE_GLOBALS.has(node.name) || FORBIDDEN_GLOBALS[node.name] !== undefined) return null;
  return `$rt.typeofGlobal(${quote(node.name)})`;
}

/** Writes `value` (text, evaluated before the point) to a variable. */
export function writeIdentifier(e: Emitter, node: t.Identifier, value: string): string {
  const binding = e.binding(node);
  if (binding === null) return `$rt.setGlobal(${quote(node.name)},${value})`;
  if (binding.constant) return `$rt.constant(${value},${quote(node.name)})`;
  const text = bindingText(e, binding);
  const check = binding.unsafe ? `${text}===$T?$tdz(${quote(binding.name)}):0,` : "";
  const point = binding.shared ? e.point(node, e.memoryOf(binding.scope), quote(binding.name), STORE) : "";
  if (check === "" && point === "") return `(${text}=${value})`;
  return e.withTemp((temp) => `(${temp}=${value},${point}${check}${text}=${temp})`);
}
