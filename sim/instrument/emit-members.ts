import type * as t from "@babel/types";
import { emitArguments, emitDispatch } from "./emit-calls.ts";
import { emitExpression, emitThis } from "./emit-expressions.ts";
import { isFixed, isStable, propertyText } from "./emit-references.ts";
import { type Emitter, quote } from "./emitter.ts";
import { type AccessKind, LOAD, STORE } from "./monitor.ts";

type Member = t.MemberExpression | t.OptionalMemberExpression;

/** A property to be read or written: texts that may be repeated. */
export interface Place {
  readonly object: string;
  /** `.name`, `[key]` or `.#name`. */
  readonly access: string;
  /** Text of the key as a value. */
  readonly key: string;
  /** Evaluates object and key into temporaries; ends in a comma, or is empty. */
  readonly setup: string;
  readonly temps: readonly string[];
  /** The property is of `super`. */
  readonly viaSuper: boolean;
  /** The accessors of the program that may lie behind the name. */
  readonly accessor: boolean;
  /** Reading it is no access to shared memory. */
  readonly quiet: boolean;
}

/** Namespaces of modules and the language's own objects are not shared memory. */
function isQuiet(e: Emitter, node: t.Node): boolean {
  if (node.type !== "Identifier") return false;
  const binding = e.binding(node);
  if (binding === null) return true;
  return binding.kind === "enum" || binding.from?.name === "*";
}

export function unwrap(node: t.Node): t.Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return unwrap(node.expression);
    default:
      return node;
  }
}

const isCalm = (e: Emitter, node: t.Node): boolean => isFixed(e, node) || isStable(e, node);

/** Prepares a member expression; `text` is its object if that was evaluated already. */
export function place(e: Emitter, node: Member, text?: string): Place {
  const temps: string[] = [];
  let setup = "";
  const keep = (value: string): string => {
    const temp = e.temp();
    temps.push(temp);
    setup += `${temp}=${value},`;
    return temp;
  };
  const viaSuper = node.object.type === "Super";
  let object: string;
  if (text !== undefined) object = text;
  else if (viaSuper) object = `$parent(${e.fn.home ?? "null"})`;
  else if (
    isStable(e, node.object) &&
    (!node.computed || isCalm(e, node.property) || isFixed(e, node.object))
  )
    object = emitExpression(e, node.object);
  else object = keep(emitExpression(e, node.object));
  const property = node.property;
  if (property.type === "PrivateName") {
    const name = property.id.name;
    return {
      object,
      access: `.#${name}`,
      key: quote(`#${name}`),
      setup,
      temps,
      viaSuper,
      accessor: false,
      quiet: false,
    };
  }
  if (!node.computed && property.type === "Identifier") {
    const quiet = isQuiet(e, node.object);
    const accessor = !quiet && !viaSuper && e.accessors.has(property.name);
    return {
      object,
      access: propertyText(property.name),
      key: quote(property.name),
      setup,
      temps,
      viaSuper,
      accessor,
      quiet,
    };
  }
  const plain = isCalm(e, property);
  const key = plain ? emitExpression(e, property) : keep(emitExpression(e, property));
  return {
    object,
    access: `[${key}]`,
    key,
    setup,
    temps,
    viaSuper,
    accessor: false,
    quiet: isQuiet(e, node.object),
  };
}

/** Text that loads the property, without setup and point. */
export function load(e: Emitter, at: Place): string {
  if (at.viaSuper) return `$superGet(${at.object},${at.key},${emitThis(e)})`;
  if (!at.accessor) return `${at.object}${at.access}`;
  return e.withTemp(
    (temp) =>
      `((${temp}=$getter(${at.object},${at.key}))!==undefined?yield*${temp}.call(${at.object}):${at.object}${at.access})`,
  );
}

/** Text that stores `value` (repeatable) in the property, without setup and point. */
export function store(e: Emitter, at: Place, value: string): string {
  if (at.viaSuper) return `$superSet(${at.object},${at.key},${emitThis(e)},${value})`;
  if (!at.accessor) return `${at.object}${at.access}=${value}`;
  return e.withTemp(
    (temp) =>
      `((${temp}=$setter(${at.object},${at.key}))!==undefined?(yield*${temp}.call(${at.object},${value}),${value}):${at.object}${at.access}=${value})`,
  );
}

export function pointAt(e: Emitter, at: Place, node: t.Node, kind: AccessKind = LOAD): string {
  if (at.quiet) return "";
  return e.point(node, at.viaSuper ? emitThis(e) : at.object, at.key, kind);
}

/** Reads a property. */
export function emitMember(e: Emitter, node: t.MemberExpression): string {
  const at = place(e, node);
  const text = `(${at.setup}${pointAt(e, at, node)}${load(e, at)})`;
  e.release(...at.temps);
  return text;
}

/** `a?.b.c(…)`: `then` is given the value (and the object it was read from) and writes what follows. */
type Continuation = (value: string, self: string | null) => string;

export function emitOptionalChain(e: Emitter, node: t.Node): string {
  return `(${chain(e, node, (value) => value)})`;
}

/** `delete a?.b` */
export function emitOptionalDelete(e: Emitter, node: t.OptionalMemberExpression): string {
  return `(${chain(e, node.object, (value) =>
    guard(e, value, node.optional, "true", (object) => {
      const at = place(e, node, object);
      const text = `(${at.setup}${pointAt(e, at, node, STORE)}delete ${at.object}${at.access})`;
      e.release(...at.temps);
      return text;
    }),
  )})`;
}

function guard(
  e: Emitter,
  value: string,
  optional: boolean,
  otherwise: string,
  then: (value: string) => string,
): string {
  return e.withTemp((temp) =>
    optional ? `(${temp}=${value})==null?${otherwise}:${then(temp)}` : `(${temp}=${value},${then(temp)})`,
  );
}

function isLink(node: t.Node): boolean {
  return node.type === "OptionalMemberExpression" || node.type === "OptionalCallExpression";
}

function chain(e: Emitter, outer: t.Node, then: Continuation): string {
  const node = outer.type === "TSNonNullExpression" && isLink(unwrap(outer)) ? unwrap(outer) : outer;
  if (node.type === "OptionalMemberExpression") return memberLink(e, node, then);
  if (node.type === "OptionalCallExpression") return callLink(e, node, then);
  const inner = unwrap(node);
  if (inner !== node && inner.type === "OptionalMemberExpression")
    return then(emitExpression(e, inner), null);
  if (inner.type === "MemberExpression") return memberHead(e, inner, then);
  return then(emitExpression(e, node), null);
}

/** The first link of a chain may be a method: keep its object as `this`. */
function memberHead(e: Emitter, node: t.MemberExpression, then: Continuation): string {
  const at = place(e, node);
  const temp = e.temp();
  const self = at.viaSuper ? emitThis(e) : at.object;
  const text = `(${at.setup}${pointAt(e, at, node)}${temp}=${load(e, at)},${then(temp, self)})`;
  e.release(temp, ...at.temps);
  return text;
}

function memberLink(e: Emitter, node: t.OptionalMemberExpression, then: Continuation): string {
  return chain(e, node.object, (value) =>
    guard(e, value, node.optional, "undefined", (object) => {
      const at = place(e, node, object);
      const temp = e.temp();
      const text = `(${at.setup}${pointAt(e, at, node)}${temp}=${load(e, at)},${then(temp, object)})`;
      e.release(temp, ...at.temps);
      return text;
    }),
  );
}

function callLink(e: Emitter, node: t.OptionalCallExpression, then: Continuation): string {
  return chain(e, node.callee, (value, self) =>
    guard(e, value, node.optional, "undefined", (callee) => {
      const args = emitArguments(e, node.arguments);
      const call = emitDispatch(e, callee, self ?? "undefined", args, node, e.text(node.callee));
      e.release(...args.temps);
      return then(call, null);
    }),
  );
}
