import type * as t from "@babel/types";
import { FnRecord } from "./bindings.ts";
import { emitExpression } from "./emit-expressions.ts";
import { enterFrame, inFunction, makeContext, temporaries } from "./emit-functions.ts";
import { countCalls } from "./emit-statements.ts";
import type { Emitter } from "./emitter.ts";

export type Field = t.ClassProperty | t.ClassPrivateProperty | t.ClassAccessorProperty;

/** A field of a class's instances. */
export interface InstanceField {
  /** Null for a property that a parameter of the constructor declares. */
  readonly node: Field | null;
  readonly name: string;
  /** Text of the key; null for a private name. */
  readonly key: string | null;
}

interface Options {
  /** As the stack shows it. */
  readonly name: string;
  /** Text of the object that `super` starts from. */
  readonly home: string;
  readonly derived: boolean;
}

export interface Fields {
  /** Statements that initialise the fields of `$this`; empty if the native class does it all. */
  readonly text: string;
  /** May it pause? */
  readonly pauses: boolean;
  /** Fields of the native class: the object is laid out in one go. */
  readonly native: string;
}

/**
 * All fields of a class share one frame. Up to the first value that can see the object, the native class makes the
 * fields, with their values where these are constant; the others are only filled in.
 */
export function emitFields(e: Emitter, fields: readonly InstanceField[], options: Options): Fields {
  const made = options.derived ? 0 : nativeCount(e, fields);
  let native = "";
  fields.slice(0, made).forEach(({ node, key }) => {
    if (key !== null) native += `${key}=${isFilled(node) ? "undefined" : constantOf(e, node)};`;
  });
  const rest = fields.filter(({ node, key }, index) => index >= made || key === null || isFilled(node));
  if (rest.length === 0) return { text: "", pauses: false, native };
  const values = fields.filter(({ node }) => isFilled(node));
  if (values.length === 0) {
    const text = rest.map((field) => define(field, constantOf(e, field.node), options.derived)).join("");
    return { text: declarations(options.derived) + text, pauses: false, native };
  }
  const record = sharedRecord(e, values);
  const context = makeContext(e, record, options, values[0]!.node!);
  return inFunction(e, { ...context, self: "$this" }, () => {
    const enter = enterFrame(e, record);
    let text = "";
    for (const field of rest) {
      const { node, key } = field;
      const tick = isFilled(node) ? e.tick(node!) : "";
      if (isFilled(node)) countCalls(e, node!.value);
      const value = isFilled(node)
        ? emitExpression(e, node!.value!, field.name === "[computed]" ? "" : field.name)
        : constantOf(e, node);
      const laidOut = key !== null && fields.indexOf(field) < made;
      text += tick + (laidOut ? `$this[${key}]=${value};` : define(field, value, options.derived));
    }
    const target = record.usesNewTarget ? "const $nt=undefined;" : "";
    const vars = temporaries(e).replace("var ", "let ");
    const body = `${vars}${target}${declarations(options.derived)}${enter}${text}$m.top=$F.parent;`;
    return { text: body, pauses: true, native };
  });
}

/** What all fields need of `this` and `new.target`. */
function sharedRecord(e: Emitter, fields: readonly InstanceField[]): FnRecord {
  const records = fields.map(({ node }) => e.analysis.functions.get(node!)!);
  const shared = new FnRecord(records[0]!.node, records[0]!.parent, false);
  shared.scope = records[0]!.scope;
  shared.usesThis = records.some((record) => record.usesThis);
  shared.thisCaptured = true;
  shared.usesNewTarget = records.some((record) => record.usesNewTarget);
  return shared;
}

/** How many of the first fields exist before any value can see the object. */
function nativeCount(e: Emitter, fields: readonly InstanceField[]): number {
  const index = fields.findIndex(({ node, key }) => {
    if (key !== null && (!key.startsWith('"') || key === '"constructor"' || key === '"__proto__"'))
      return true;
    return node !== null && isFilled(node) && e.analysis.functions.get(node)!.usesThis;
  });
  return index < 0 ? fields.length : index;
}

const isFilled = (node: Field | null): boolean => Boolean(node?.value) && !isConstant(node!.value!);

function constantOf(e: Emitter, node: Field | null): string {
  return node?.value ? emitExpression(e, node.value) : "undefined";
}

/** An object that a base class returned may be a proxy: its traps must see definitions, no stores. */
const declarations = (derived: boolean): string => (derived ? "let $r;const $p=$isProxy($this);" : "let $r;");

/** Defines a field: a plain store where nothing of that name can be in the way. */
function define({ key, name }: InstanceField, value: string, derived: boolean): string {
  if (key === null) return `$this.${name}=${value};`;
  if (!key.startsWith('"')) return `$define($this,${key},${value});`;
  const guard = derived ? `$p||${key} in $this` : `${key} in $this`;
  return `$r=${value};if(${guard})$define($this,${key},$r);else $this[${key}]=$r;`;
}

/** A literal: its evaluation can neither pause nor fail, so it needs no frame. */
export function isConstant(node: t.Node): boolean {
  switch (node.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "BigIntLiteral":
      return true;
    case "UnaryExpression":
      return (node.operator === "-" || node.operator === "~") && isConstant(node.argument);
    case "ArrayExpression":
      return node.elements.length === 0;
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      return isConstant(node.expression);
    default:
      return false;
  }
}
