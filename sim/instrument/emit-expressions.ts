import type * as t from "@babel/types";
import { emitAssignment, emitDelete, emitUpdate } from "./emit-assign.ts";
import { emitCall, emitNew, emitTaggedTemplate } from "./emit-calls.ts";
import { emitClass } from "./emit-classes.ts";
import { emitFunctionValue } from "./emit-functions.ts";
import { emitMember, emitOptionalChain, unwrap } from "./emit-members.ts";
import { emitObject } from "./emit-objects.ts";
import { readIdentifier, typeofGlobal } from "./emit-references.ts";
import { type Emitter, quote } from "./emitter.ts";
import { LOAD } from "./monitor.ts";

/**
 * Writes an expression. The text can stand anywhere: it is a primary expression or in parentheses.
 * `name` is what an anonymous function or class in this place is called.
 */
export function emitExpression(e: Emitter, node: t.Node, name = ""): string {
  switch (node.type) {
    case "Identifier":
      return readIdentifier(e, node);
    case "ThisExpression":
      return emitThis(e);
    case "NumericLiteral":
      return (node.extra?.raw as string | undefined)?.replace(/_/g, "") ?? String(node.value);
    case "BigIntLiteral":
      return `${node.value.replace(/_/g, "")}n`;
    case "StringLiteral":
      return quote(node.value);
    case "BooleanLiteral":
      return String(node.value);
    case "NullLiteral":
      return "null";
    case "RegExpLiteral":
      return emitRegExp(e, node);
    case "TemplateLiteral":
      return emitTemplate(e, node);
    case "TaggedTemplateExpression":
      return emitTaggedTemplate(e, node);
    case "ArrayExpression":
      return emitArray(e, node);
    case "ObjectExpression":
      return emitObject(e, node);
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return emitFunctionValue(e, node, name);
    case "ClassExpression":
      return emitClass(e, node, name);
    case "UnaryExpression":
      return emitUnary(e, node);
    case "UpdateExpression":
      return emitUpdate(e, node);
    case "BinaryExpression":
      return emitBinary(e, node);
    case "LogicalExpression":
      return `(${emitExpression(e, node.left)}${node.operator}${emitExpression(e, node.right)})`;
    case "ConditionalExpression":
      return `(${emitExpression(e, node.test)}?${emitExpression(e, node.consequent)}:${emitExpression(e, node.alternate)})`;
    case "AssignmentExpression":
      return emitAssignment(e, node);
    case "SequenceExpression":
      return `(${node.expressions.map((part) => emitExpression(e, part)).join(",")})`;
    case "MemberExpression":
      return emitMember(e, node);
    case "OptionalMemberExpression":
    case "OptionalCallExpression":
      return emitOptionalChain(e, node);
    case "CallExpression":
      return emitCall(e, node);
    case "NewExpression":
      return emitNew(e, node);
    case "YieldExpression":
      return emitYield(e, node);
    case "MetaProperty":
      return emitMeta(e, node);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "ParenthesizedExpression":
      return emitExpression(e, node.expression, name);
    case "AwaitExpression":
      e.error(
        "async",
        "async and await are not supported: kernel code blocks where it waits (wait_event, completions).",
        node,
      );
      return emitExpression(e, node.argument);
    case "ImportExpression":
    case "Import":
      e.error("dynamic-import", "import() is not supported: import the module at the top of the file.", node);
      return "undefined";
    default:
      e.error("unsupported", `${node.type} is not supported in a driver model.`, node);
      return "undefined";
  }
}

export function emitThis(e: Emitter): string {
  const { ctor, self } = e.fn;
  return ctor?.derived ? `$super(${self})` : self;
}

function emitTemplate(e: Emitter, node: t.TemplateLiteral): string {
  let text = "`";
  node.quasis.forEach((quasi, index) => {
    text += quasi.value.raw;
    const part = node.expressions[index];
    if (part) text += `\${${emitExpression(e, part)}}`;
  });
  return `${text}\``;
}

function emitArray(e: Emitter, node: t.ArrayExpression): string {
  return `[${emitElements(e, node.elements)}${node.elements.at(-1) === null ? "," : ""}]`;
}

/** Elements of an array literal or arguments of a call, separated by commas. */
export function emitElements(e: Emitter, elements: readonly (t.Node | null)[]): string {
  return elements
    .map((element) => {
      if (element === null) return "";
      if (element.type === "SpreadElement") return `...${emitSpread(e, element.argument)}`;
      return emitExpression(e, element);
    })
    .join(",");
}

/** An array with what an iterable yields. */
export function emitSpread(e: Emitter, node: t.Node): string {
  return e.withTemp(
    (temp) =>
      `(${temp}=${emitExpression(e, node)},${e.point(node, temp, "undefined", LOAD)}$plain(${temp})?${temp}:yield*$spread(${temp}))`,
  );
}

function emitUnary(e: Emitter, node: t.UnaryExpression): string {
  if (node.operator === "delete") return emitDelete(e, node);
  const argument = unwrap(node.argument);
  if (node.operator === "typeof" && argument.type === "Identifier") {
    const text = typeofGlobal(e, argument);
    if (text !== null) return text;
  }
  return `(${node.operator} ${emitExpression(e, node.argument)})`;
}

function emitBinary(e: Emitter, node: t.BinaryExpression): string {
  if (node.left.type === "PrivateName") return `(#${node.left.id.name} in ${emitExpression(e, node.right)})`;
  const left = emitExpression(e, node.left);
  if (node.operator === "in" && e.points)
    return e.withTemp((key) =>
      e.withTemp((object) => {
        const right = emitExpression(e, node.right);
        return `(${key}=${left},${object}=${right},${e.point(node, object, key, LOAD)}${key} in ${object})`;
      }),
    );
  return `(${left} ${node.operator} ${emitExpression(e, node.right)})`;
}

function emitYield(e: Emitter, node: t.YieldExpression): string {
  const value = node.argument ? emitExpression(e, node.argument) : "undefined";
  if (node.delegate) return `(yield*$delegate(${value}))`;
  return `(yield $Y.give(${value}))`;
}

function emitMeta(e: Emitter, node: t.MetaProperty): string {
  if (node.meta.name === "new") return "$nt";
  e.error(
    "import-meta",
    "import.meta is not there: a driver model has no file of its own at run time.",
    node,
  );
  return "undefined";
}

/** The engine knows best which regular expressions are valid: an invalid one is told where it stands. */
function emitRegExp(e: Emitter, node: t.RegExpLiteral): string {
  try {
    new RegExp(node.pattern, node.flags);
  } catch (error) {
    e.error("syntax", (error as Error).message, node);
  }
  return `/${node.pattern}/${node.flags}`;
}
