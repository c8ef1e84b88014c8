import type * as t from "@babel/types";
import { declaredNames, enumMembers, isTypeOnly } from "./analyse.ts";
import type { Scope } from "./bindings.ts";
import { emitExpression } from "./emit-expressions.ts";
import { temporaries } from "./emit-functions.ts";
import { propertyText, readIdentifier } from "./emit-references.ts";
import { hoistFunctions } from "./emit-scopes.ts";
import { emitStatement } from "./emit-statements.ts";
import { type Emitter, quote, safeName } from "./emitter.ts";

/** The variable that holds an enum or a namespace: declared at its first occurrence, extended by later ones. */
function holder(e: Emitter, scope: Scope, name: string): string {
  const binding = scope.lookup(name)!;
  if (binding.member !== null) return `${binding.member}??={};`;
  const text = safeName(name);
  if (e.hoistedScopes.has(binding.scope)) return `if(${text}===undefined||${text}===$T)${text}={};`;
  if (e.merged.has(binding)) return "";
  e.merged.add(binding);
  return binding.kind === "namespace" || binding.kind === "enum" ? `const ${text}={};` : "";
}

/** `enum`: an object with the names and, for numbers, the way back. */
export function emitEnum(e: Emitter, node: t.TSEnumDeclaration): string {
  const scope = e.scopeOf(node);
  const outer = scope.parent!.lookup(node.id.name)!;
  const object = outer.member ?? safeName(node.id.name);
  const tick = e.tick(node);
  let text = "";
  let previous: string | null = null;
  for (const member of enumMembers(node)) {
    const name = member.id.type === "Identifier" ? member.id.name : member.id.value;
    const place = `${object}${propertyText(name)}`;
    scope.bindings.get(name)!.member = place;
    const value = member.initializer
      ? emitExpression(e, member.initializer)
      : previous === null
        ? "0"
        : `${previous}+1`;
    const isString =
      member.initializer?.type === "StringLiteral" || member.initializer?.type === "TemplateLiteral";
    text += isString ? `${place}=${value};` : `$enum(${object},${quote(name)},${value});`;
    previous = place;
  }
  return `${tick}${holder(e, scope.parent!, node.id.name)}${text}`;
}

/** `import A = N.B` */
export function emitImportAlias(e: Emitter, node: t.TSImportEqualsDeclaration): string {
  if (node.importKind === "type") return "";
  if (node.moduleReference.type === "TSExternalModuleReference") {
    e.error("import-require", 'import … = require() is not supported: write import { … } from "…".', node);
    return "";
  }
  const binding = e.binding(node.id) ?? e.fn.record.scope.lookup(node.id.name);
  const value = entity(e, node.moduleReference);
  const text = safeName(node.id.name);
  if (binding !== null && binding.member !== null) return `${e.tick(node)}${binding.member}=${value};`;
  if (binding !== null && e.hoistedScopes.has(binding.scope)) return `${e.tick(node)}${text}=${value};`;
  return `${e.tick(node)}const ${text}=${value};`;
}

function entity(e: Emitter, node: t.Node): string {
  if (node.type === "Identifier") return readIdentifier(e, node);
  const qualified = node as t.TSQualifiedName;
  return `${entity(e, qualified.left)}${propertyText(qualified.right.name)}`;
}

/** `namespace N { … }`: its exports are properties of N, seen by their own names inside. */
export function emitNamespace(e: Emitter, node: t.TSModuleDeclaration): string {
  if (node.id.type !== "Identifier") {
    e.error(
      "unsupported",
      "A module declaration with a string name has only types: write `declare module`.",
      node,
    );
    return "";
  }
  const scope = e.scopeOf(node);
  const name = node.id.name;
  const outerBinding = scope.parent!.lookup(name)!;
  const object = outerBinding.member ?? safeName(name);
  const holderText = holder(e, scope.parent!, name);
  const body = node.body as t.TSModuleBlock | t.TSModuleDeclaration;
  const statements: readonly t.Node[] = body.type === "TSModuleDeclaration" ? [body] : body.body;
  const parameter = `$N${e.fresh()}`;
  const outer = e.fn;
  e.fn = {
    ...outer,
    free: [],
    vars: new Set(),
    temps: 0,
    self: "$this",
    arguments: "$args",
    slot: outer.slot,
  };
  const text = namespaceBody(e, scope, statements, parameter, body.type === "TSModuleDeclaration");
  const temps = temporaries(e);
  e.fn = outer;
  return `${holderText}yield*(function*(${parameter}){${temps}${text}})(${object});`;
}

function namespaceBody(
  e: Emitter,
  scope: Scope,
  statements: readonly t.Node[],
  parameter: string,
  dotted: boolean,
): string {
  for (const binding of scope.bindings.values())
    if (binding.inherited) binding.member = `${parameter}${propertyText(binding.name)}`;
  for (const statement of statements) {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : dotted ? statement : null;
    if (!declaration || isTypeOnly(declaration)) continue;
    if (
      declaration.type === "VariableDeclaration" ||
      declaration.type === "TSModuleDeclaration" ||
      declaration.type === "TSEnumDeclaration"
    )
      for (const name of declaredNames(declaration)) {
        const binding = scope.bindings.get(name);
        if (binding) binding.member = `${parameter}${propertyText(name)}`;
      }
  }
  const plain = statements.map((statement) =>
    statement.type === "ExportNamedDeclaration" ? statement.declaration : statement,
  );
  const present = plain.filter((statement): statement is t.Declaration => statement != null);
  const hoisted = hoistFunctions(e, scope, present);
  let text = "";
  for (const statement of statements) {
    if (statement.type === "TSImportEqualsDeclaration" && statement.isExport) {
      const binding = scope.bindings.get(statement.id.name);
      if (binding) binding.member = `${parameter}${propertyText(statement.id.name)}`;
    }
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (!declaration || isTypeOnly(declaration)) continue;
    const isExport = statement !== declaration;
    if (isExport && declaration.type === "FunctionDeclaration" && declaration.id)
      text += `${parameter}${propertyText(declaration.id.name)}=${safeName(declaration.id.name)};`;
    text += emitStatement(e, declaration);
    if (isExport && declaration.type === "ClassDeclaration" && declaration.id)
      text += `${parameter}${propertyText(declaration.id.name)}=${safeName(declaration.id.name)};`;
  }
  return `${hoisted}${text}`;
}
