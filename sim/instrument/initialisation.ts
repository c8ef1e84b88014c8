import type * as t from "@babel/types";
import { boundNames, isTypeOnly } from "./analyse.ts";
import type { Scope } from "./bindings.ts";

/**
 * Module-level variables outlive one evaluation of the module, so the language's own check for use before
 * initialisation is lost. It is written out for those that program code may run before: all that follow the first
 * statement that can call something, and all in modules that other files of the program may use in a cycle of imports
 * (the kernel's own modules, which are trusted, do without).
 */
export function markUnsafe(program: t.Program, scope: Scope, trusted: boolean): void {
  let calm = trusted || !program.body.some(importsNeighbour);
  for (const statement of program.body) {
    const node = declarationOf(statement);
    if (node === null) continue;
    if (node.type === "VariableDeclaration")
      for (const declarator of node.declarations) {
        const pure = !declarator.init || (isPure(declarator.init) && declarator.id.type === "Identifier");
        if (!pure) calm = false;
        if (!calm && node.kind !== "var") for (const id of boundNames(declarator.id)) mark(scope, id.name);
      }
    else if (node.type === "ClassDeclaration") {
      if (!isCalmClass(node)) calm = false;
      if (!calm && node.id) mark(scope, node.id.name);
    } else if (node.type === "TSEnumDeclaration") continue;
    else calm = false;
  }
}

function importsNeighbour(statement: t.Statement): boolean {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.importKind !== "type" && statement.source.value.startsWith(".");
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return statement.exportKind !== "type" && statement.source?.value.startsWith(".") === true;
    default:
      return false;
  }
}

/** Does defining the class run code of the program? */
function isCalmClass(node: t.ClassDeclaration): boolean {
  if (node.superClass && node.superClass.type !== "Identifier") return false;
  return node.body.body.every((member) => {
    if (isTypeOnly(member)) return true;
    if (member.type === "StaticBlock" || ("computed" in member && member.computed)) return false;
    const isField = member.type === "ClassProperty" || member.type === "ClassPrivateProperty";
    return !isField || !member.static || !member.value || isPure(member.value);
  });
}

function mark(scope: Scope, name: string): void {
  const binding = scope.bindings.get(name);
  if (binding) binding.unsafe = true;
}

/** The part of a top-level statement that is evaluated; null if there is none. */
function declarationOf(statement: t.Statement): t.Node | null {
  if (isTypeOnly(statement)) return null;
  switch (statement.type) {
    case "ImportDeclaration":
    case "FunctionDeclaration":
    case "EmptyStatement":
    case "ExportAllDeclaration":
      return null;
    case "ExportNamedDeclaration":
      return statement.declaration ? declarationOf(statement.declaration as t.Statement) : null;
    case "ExportDefaultDeclaration":
      return statement.declaration.type === "FunctionDeclaration" ? null : statement.declaration;
    default:
      return statement;
  }
}

const CALM_CLASSES = new Set([
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "Uint8Array",
  "Uint16Array",
  "Uint32Array",
  "Error",
]);

/** Can evaluating it run no other code of the program? */
function isPure(node: t.Node): boolean {
  switch (node.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "BigIntLiteral":
    case "RegExpLiteral":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return true;
    case "Identifier":
      return true;
    case "NewExpression":
      return (
        node.callee.type === "Identifier" &&
        CALM_CLASSES.has(node.callee.name) &&
        node.arguments.every(isPure)
      );
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return isPure(node.expression);
    case "UnaryExpression":
      return node.operator !== "delete" && isPure(node.argument);
    case "BinaryExpression":
      return isPure(node.left) && isPure(node.right);
    case "TemplateLiteral":
      return node.expressions.every(isPure);
    case "ArrayExpression":
      return node.elements.every((element) => element === null || isPure(element));
    case "ObjectExpression":
      return node.properties.every(
        (property) =>
          (property.type === "ObjectProperty" && !property.computed && isPure(property.value)) ||
          (property.type === "ObjectMethod" && !property.computed),
      );
    default:
      return false;
  }
}
