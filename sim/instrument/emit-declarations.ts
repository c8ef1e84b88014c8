import type * as t from "@babel/types";
import { boundNames, isFunctionValue } from "./analyse.ts";
import { emitExpression } from "./emit-expressions.ts";
import { emitGenerator, emitMaker } from "./emit-functions.ts";
import { declareSteps } from "./emit-patterns.ts";
import { bindingText } from "./emit-references.ts";
import { type Emitter, generatorName, safeName } from "./emitter.ts";

export type Keyword = "var" | "let" | "const";

/** Declares one name. In scopes whose variables live further out (module, switch) this is an assignment. */
export function declare(e: Emitter, id: t.Identifier, value: string, keyword: Keyword): string {
  const binding = e.binding(id);
  if (keyword === "var" && binding?.kind === "catch") {
    // `catch (a) { var a = 1; }` assigns the parameter, and declares a variable of the function.
    e.fn.vars.add(safeName(id.name));
    return `${safeName(id.name)}=${value};`;
  }
  if (binding !== null && (binding.member !== null || e.hoistedScopes.has(binding.scope)))
    return `${bindingText(e, binding)}=${value};`;
  return `${keyword} ${safeName(id.name)}=${value};`;
}

/** Declares all names of a pattern from `value`. */
export function declarePattern(e: Emitter, pattern: t.Node, value: string, keyword: Keyword): string {
  return declareSteps(e, pattern, value)
    .map((step) => {
      if (step.bind === null) return `${step.text};`;
      return declare(e, step.bind, step.text, step.early && keyword === "const" ? "let" : keyword);
    })
    .join("");
}

/** Does the generator of this declarator get a name of its own, for direct calls? */
export function namedTwin(e: Emitter, declarator: t.VariableDeclarator): boolean {
  const { id, init } = declarator;
  if (id.type !== "Identifier" || !init || !isFunctionValue(init)) return false;
  if (init.type === "FunctionExpression" && init.id) return false;
  const binding = e.binding(id);
  return binding?.target === init && binding.member === null && !binding.unsafe;
}

function emitNamedTwin(e: Emitter, declarator: t.VariableDeclarator, keyword: Keyword): string {
  const id = declarator.id as t.Identifier;
  const init = declarator.init as t.FunctionExpression | t.ArrowFunctionExpression;
  const maker = emitMaker(e, init, id.name);
  const twin = generatorName(id.name);
  const generator = emitGenerator(e, init, { name: id.name });
  const hoisted = e.hoistedScopes.has(e.binding(id)!.scope);
  return `${hoisted ? "" : "const "}${twin}=${generator};${declare(e, id, `${maker}(${twin})`, keyword)}`;
}

export function keywordOf(node: t.VariableDeclaration): Keyword {
  return node.kind === "var" || node.kind === "let" ? node.kind : "const";
}

/** A declaration of variables as a statement. */
export function emitVariables(e: Emitter, node: t.VariableDeclaration): string {
  if (node.kind === "using" || node.kind === "await using")
    e.error("unsupported", "`using` is not supported: release the resource with a call.", node);
  const keyword = keywordOf(node);
  for (const id of node.declarations.flatMap((declarator) => boundNames(declarator.id)))
    if (id.name === "this") e.error("syntax", "`this` cannot be the name of a variable.", id);
  const ticks = node.declarations.some((declarator) => declarator.init);
  let text = ticks ? e.tick(node) : "";
  for (const declarator of node.declarations) text += emitDeclarator(e, declarator, keyword);
  return text;
}

function emitDeclarator(e: Emitter, declarator: t.VariableDeclarator, keyword: Keyword): string {
  const { id, init } = declarator;
  if (!init) {
    if (id.type !== "Identifier") return "";
    if (keyword !== "var") return declare(e, id, "undefined", "let");
    const binding = e.binding(id);
    if (binding?.kind === "catch") e.fn.vars.add(safeName(id.name));
    const known = binding === null || binding.kind !== "var" || e.hoistedScopes.has(binding.scope);
    return known ? "" : `var ${safeName(id.name)};`;
  }
  if (namedTwin(e, declarator)) return emitNamedTwin(e, declarator, keyword);
  if (id.type === "Identifier")
    return declare(e, id, emitExpression(e, init, e.binding(id)?.member == null ? id.name : ""), keyword);
  const temp = e.temp();
  const text = `${temp}=${emitExpression(e, init)};${declarePattern(e, id, temp, keyword)}`;
  e.release(temp);
  return text;
}
