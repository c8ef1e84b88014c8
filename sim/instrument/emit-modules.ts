import type * as t from "@babel/types";
import { declaredNames, isTypeOnly } from "./analyse.ts";
import type { Binding } from "./bindings.ts";
import { emitClassDeclaration } from "./emit-classes.ts";
import { emitExpression } from "./emit-expressions.ts";
import { emitGenerator, emitMaker, temporaries } from "./emit-functions.ts";
import { bindingText, propertyText } from "./emit-references.ts";
import { accessorText, declaredFunction, hoistFunctions, scopeVariables } from "./emit-scopes.ts";
import { emitStatement } from "./emit-statements.ts";
import { type Emitter, generatorName, NO_SCOPE, quote, rangeOf, safeName } from "./emitter.ts";
import { markUnsafe } from "./initialisation.ts";
import type { ImportedName } from "./monitor.ts";

/** What the factory returns is made of. */
export interface ModuleText {
  readonly code: string;
  readonly exports: readonly string[];
  readonly stars: readonly string[];
  readonly imported: readonly ImportedName[];
}

interface Export {
  readonly name: string;
  /** Text that reads it. */
  readonly text: string;
  /** It can never change: a plain property will do. */
  readonly fixed: boolean;
  /** It may turn out to be only a type of another module. */
  readonly lenient: boolean;
}

/** Writes the factory of a module: wrappers, functions, exports, and the generator that evaluates its top level. */
export function emitModule(e: Emitter, program: t.Program): ModuleText {
  const record = e.analysis.module;
  const scope = record.scope;
  e.fn = {
    index: e.addFunction("(module)", program),
    record,
    home: null,
    ctor: null,
    generator: false,
    self: "undefined",
    arguments: "$args",
    free: [],
    vars: new Set(),
    temps: 0,
    slot: 0,
    scope: NO_SCOPE,
    manyCalls: false,
    delegates: false,
  };
  e.hoistedScopes.add(scope);
  noteImports(e, program);
  const variables = scopeVariables(scope);
  markUnsafe(program, scope, e.options.trusted === true);
  e.addScope(
    NO_SCOPE,
    0,
    variables.map((binding) => ({ name: binding.name, kind: binding.shown })),
    program,
  );
  const functions = hoistFunctions(e, scope, program.body) + emitDefaultFunction(e, program);
  const exports: Export[] = [];
  const stars: number[] = [];
  let body = "";
  for (const statement of program.body) body += `${emitTop(e, statement, exports, stars)}\n`;
  return {
    code: assemble(e, variables, functions, exports, stars, body),
    exports: exports.map((entry) => entry.name),
    stars: stars.map((index) => e.imports[index]!),
    imported: importedNames(e, program),
  };
}

/** The names that are used as values, and those that are passed on, where the import or export writes them. */
function importedNames(e: Emitter, program: t.Program): ImportedName[] {
  const found: ImportedName[] = [];
  const add = (specifier: string, name: string, node: t.Node, passedOn: boolean): void => {
    if (name !== "*") found.push({ specifier, name, passedOn, ...rangeOf(node) });
  };
  for (const statement of program.body) {
    if (isTypeOnly(statement)) continue;
    if (statement.type === "ImportDeclaration" && importIsLive(e, statement))
      for (const specifier of statement.specifiers) {
        const binding = e.analysis.module.scope.bindings.get(specifier.local.name);
        if (!binding?.from || binding.uses === 0) continue;
        add(binding.from.specifier, binding.from.name, specifier, binding.uses === binding.passedOn);
      }
    if (statement.type === "ExportNamedDeclaration" && statement.source)
      for (const specifier of statement.specifiers)
        if (specifier.type === "ExportSpecifier" && specifier.exportKind !== "type")
          add(statement.source.value, nameOf(specifier.local), specifier, true);
  }
  return found;
}

/** The name that an import or export specifier writes, as identifier or as string. */
function nameOf(node: t.Node): string {
  return node.type === "StringLiteral" ? node.value : (node as t.Identifier).name;
}

function noteImports(e: Emitter, program: t.Program): void {
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration" && importIsLive(e, statement))
      e.importIndex(statement.source.value);
    if (statement.type === "ExportAllDeclaration" && statement.exportKind !== "type")
      e.importIndex(statement.source.value);
    if (statement.type === "ExportNamedDeclaration" && statement.source && statement.exportKind !== "type")
      e.importIndex(statement.source.value);
  }
}

/** Imports that only serve types are erased, as TypeScript does. */
function importIsLive(e: Emitter, node: t.ImportDeclaration): boolean {
  if (node.importKind === "type" || node.importKind === "typeof") return false;
  if (node.specifiers.length === 0) return true;
  const scope = e.analysis.module.scope;
  return node.specifiers.some((specifier) => (scope.bindings.get(specifier.local.name)?.uses ?? 0) > 0);
}

function assemble(
  e: Emitter,
  variables: readonly Binding[],
  functions: string,
  exports: readonly Export[],
  stars: readonly number[],
  body: string,
): string {
  const declared = variables.filter((binding) => binding.kind !== "function");
  const names = declared.map((binding) => safeName(binding.name));
  const twins = variables.filter(
    (binding) => binding.kind !== "function" && binding.target && !binding.unsafe,
  );
  const lets = ["$default", ...names, ...twins.map((binding) => generatorName(binding.name))];
  const reset = [
    ...declared.map((binding) => `${safeName(binding.name)}=${binding.unsafe ? "$T" : "undefined"};`),
    ...variables.filter((binding) => binding.kind === "function").map((binding) => freshFunction(e, binding)),
  ].join("");
  const kept = variables
    .filter((binding) => binding.kind === "function" && binding.assigned)
    .map((binding) => `const $o$${binding.name}=${safeName(binding.name)};`)
    .join("");
  const enter = `const $F=$m.top=new $Frame($fn[0],$m.top);$F.s0=$scope;`;
  const init = `function*(){${temporaries(e)}${enter}${body}$m.top=$F.parent}`;
  const table = exports
    .map((entry) => `[${quote(entry.name)},()=>${entry.text},${entry.fixed},${entry.lenient}]`)
    .join(",");
  const imports = e.imports
    .map((specifier, index) => `const $i${index}=$rt.resolve(${quote(specifier)});`)
    .join("");
  const imported = e.importedFunctions;
  const bound = imported.map((_, i) => `$x${i},$v${i}`).join(",");
  const bind = imported
    .map(({ specifier, name }, i) => `[$x${i},$v${i}]=$bind($i${e.importIndex(specifier)},${quote(name)});`)
    .join("");
  const globals = [...e.globals].map((name) => `${safeName(name)}=$rt.globals.${name}`);
  return [
    '"use strict";',
    `const {${RUNTIME_NAMES.map((name) => `${name}:$${name}`).join(",")}}=$rt;`,
    globals.length > 0 ? `const ${globals.join(",")};` : "",
    e.hoisted.join("\n"),
    imports,
    bound === "" ? "" : `let ${bound};`,
    `const $this=undefined;let ${lets.join(",")};`,
    functions,
    kept,
    `const $scope=${accessorText(variables)};`,
    `return {exports:[${table}],stars:[${stars.map((index) => `$i${index}`).join(",")}],scope:$scope,bind:()=>{${bind}},reset:()=>{${reset}},evaluate:${init}};`,
  ].join("\n");
}

/** A function of the module as it is before the module is evaluated. */
function freshFunction(e: Emitter, binding: Binding): string {
  if (e.options.trusted) return "";
  const name = safeName(binding.name);
  return binding.assigned ? `$bare(${name}=$o$${binding.name});` : `$bare(${name});`;
}

/** Names of the runtime that every factory takes as `$name`. */
export const RUNTIME_NAMES = [
  "m",
  "bp",
  "fn",
  "Frame",
  "G",
  "N",
  "isProxy",
  "T",
  "U",
  "Y",
  "R",
  "tdz",
  "notFunction",
  "call",
  "bind",
  "new",
  "construct",
  "protoOf",
  "once",
  "super",
  "alloc",
  "A",
  "derivedResult",
  "baseResult",
  "define",
  "stampClass",
  "stampMethod",
  "stampPlain",
  "stampGenerator",
  "stampTarget",
  "generate",
  "delegate",
  "Install",
  "getter",
  "setter",
  "superGet",
  "superSet",
  "parent",
  "plain",
  "spread",
  "list",
  "open",
  "step",
  "take",
  "skip",
  "drain",
  "finish",
  "abandon",
  "object",
  "rest",
  "key",
  "arguments",
  "slice",
  "assign",
  "setProto",
  "accessor",
  "rename",
  "enum",
  "template",
  "primed",
  "bare",
] as const;

function emitDefaultFunction(e: Emitter, program: t.Program): string {
  for (const statement of program.body)
    if (statement.type === "ExportDefaultDeclaration") {
      const node = statement.declaration;
      if (node.type === "FunctionDeclaration" && !node.id && !isTypeOnly(node))
        return `$default=${emitMaker(e, node, "default")}(${emitGenerator(e, node, { name: "default" })});`;
    }
  return "";
}

function emitTop(e: Emitter, node: t.Statement, exports: Export[], stars: number[]): string {
  if (isTypeOnly(node)) return "";
  switch (node.type) {
    case "ImportDeclaration":
      return "";
    case "ExportAllDeclaration":
      stars.push(e.importIndex(node.source.value));
      return "";
    case "ExportNamedDeclaration":
      return emitNamedExport(e, node, exports);
    case "ExportDefaultDeclaration":
      return emitDefaultExport(e, node, exports);
    case "TSExportAssignment":
      e.error("export-assignment", "`export =` is not supported: write `export default`.", node);
      return "";
    default:
      return emitStatement(e, node);
  }
}

function localExport(e: Emitter, binding: Binding, name: string): Export {
  const fixed = binding.kind === "function" && !binding.assigned;
  const text = bindingText(e, binding);
  const read = binding.unsafe ? `(${text}===$T?$tdz(${quote(binding.name)}):${text})` : text;
  return { name, text: read, fixed, lenient: binding.from !== null };
}

function emitNamedExport(e: Emitter, node: t.ExportNamedDeclaration, exports: Export[]): string {
  const scope = e.analysis.module.scope;
  if (node.declaration) {
    if (isTypeOnly(node.declaration)) return "";
    for (const name of declaredNames(node.declaration)) {
      const binding = scope.bindings.get(name);
      if (binding && !exports.some((entry) => entry.name === name))
        exports.push(localExport(e, binding, name));
    }
    return emitStatement(e, node.declaration);
  }
  for (const specifier of node.specifiers) {
    if (specifier.type === "ExportNamespaceSpecifier") {
      const index = e.importIndex(node.source!.value);
      exports.push({ name: specifier.exported.name, text: `$i${index}`, fixed: false, lenient: false });
      continue;
    }
    if (specifier.type !== "ExportSpecifier" || specifier.exportKind === "type") continue;
    const name =
      specifier.exported.type === "Identifier" ? specifier.exported.name : specifier.exported.value;
    if (node.source) {
      const index = e.importIndex(node.source.value);
      const imported = propertyText(nameOf(specifier.local));
      exports.push({ name, text: `$i${index}${imported}`, fixed: false, lenient: true });
      continue;
    }
    const binding = scope.bindings.get(specifier.local.name);
    if (binding) exports.push(localExport(e, binding, name));
    else if (!e.analysis.types.has(specifier.local.name))
      e.error("syntax", `Export '${specifier.local.name}' is not defined.`, specifier);
  }
  return "";
}

function emitDefaultExport(e: Emitter, node: t.ExportDefaultDeclaration, exports: Export[]): string {
  const { declaration } = node;
  const push = (text: string, fixed: boolean): void => {
    exports.push({ name: "default", text, fixed, lenient: false });
  };
  if (declaration.type === "FunctionDeclaration") {
    const name = declaredFunction(declaration)?.id?.name;
    const binding = name ? e.analysis.module.scope.bindings.get(name) : null;
    push(name ? safeName(name) : "$default", !binding?.assigned);
    return "";
  }
  if (declaration.type === "ClassDeclaration") {
    const binding = declaration.id ? e.analysis.module.scope.bindings.get(declaration.id.name) : null;
    if (binding) exports.push({ ...localExport(e, binding, "default") });
    else push("$default", false);
    return emitClassDeclaration(e, declaration);
  }
  push("$default", false);
  return `${e.tick(node)}$default=${emitExpression(e, declaration, "default")};`;
}
