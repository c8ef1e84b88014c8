import type * as t from "@babel/types";
import { isTypeOnly } from "./analyse.ts";
import type { Binding, Scope } from "./bindings.ts";
import { emitTwinAndWrapper } from "./emit-functions.ts";
import { type Emitter, generatorName, quote, safeName } from "./emitter.ts";

/** The variables of a block that a debugger shows. */
export function scopeVariables(scope: Scope): Binding[] {
  return [...scope.bindings.values()].filter((binding) => binding.member === null && binding.from === null);
}

/**
 * Opens a scope: stores its accessor in the frame's next slot. The caller closes it by restoring `e.fn.slot` and
 * `e.fn.scope` (see {@link inBlock}).
 */
export function accessor(e: Emitter, variables: Binding[], closure: Binding[], node: t.Node): string {
  const slot = e.fn.slot++;
  const infos = [
    ...variables.map((binding) => ({ name: binding.name, kind: binding.shown })),
    ...closure.map((binding) => ({ name: binding.name, kind: "closure" as const })),
  ];
  e.fn.scope = e.addScope(e.fn.scope, slot, infos, node);
  return `${slotText(slot)}=${accessorText([...variables, ...closure])};`;
}

export function slotText(slot: number): string {
  return slot < 8 ? `$F.s${slot}` : `($F.more??=[])[${slot - 8}]`;
}

/** Declares the object that stands for the variables of a scope, if any of them is shared. */
export function declareMemory(e: Emitter, scope: Scope): string {
  if (!e.points || scope.kind === "module" || ![...scope.bindings.values()].some((b) => b.shared)) return "";
  const name = `$o${e.fresh()}`;
  e.memories.set(scope, name);
  return `const ${name}={};`;
}

/** `(i,w,v)=>…` over the variables in order. */
export function accessorText(bindings: readonly Binding[]): string {
  const cases = bindings.map((binding, index) => {
    const name = safeName(binding.name);
    const read = binding.unsafe ? `(${name}===$T?$tdz(${quote(binding.name)}):${name})` : name;
    const refuse = `$rt.constant($v,${quote(binding.name)})`;
    const write = !binding.constant
      ? `${name}=$v`
      : isRestorable(binding)
        ? `$w===true?${refuse}:${name}=$v`
        : refuse;
    return `case ${index}:return $w?${write}:${read};`;
  });
  return `($i,$w,$v)=>{switch($i){${cases.join("")}}}`;
}

/** A constant of the module: evaluated anew at each boot, so whoever restores a boot may restore it. */
function isRestorable({ kind, scope, literal }: Binding): boolean {
  return kind === "const" && scope.kind === "module" && literal === null;
}

/** Writes the inside of a block: its accessor, its function declarations, then what `body` writes. */
export function inBlock(e: Emitter, node: t.Node, statements: readonly t.Node[], body: () => string): string {
  const scope = e.analysis.scopes.get(node);
  const { slot, scope: outer } = e.fn;
  const variables = scope ? scopeVariables(scope) : [];
  const open = e.rich && variables.length > 0 ? accessor(e, variables, [], node) : "";
  const memory = scope ? declareMemory(e, scope) : "";
  const hoisted = scope ? hoistFunctions(e, scope, statements) : "";
  const text = `${memory}${open}${hoisted}${body()}`;
  e.fn.slot = slot;
  e.fn.scope = outer;
  return text;
}

/** Function declarations exist from the start of their block on. */
export function hoistFunctions(e: Emitter, scope: Scope, statements: readonly t.Node[]): string {
  let text = "";
  for (const statement of statements) {
    const node = declaredFunction(statement);
    if (!node?.id) continue;
    const name = node.id.name;
    const binding = scope.bindings.get(name);
    const { twin, wrapper } = emitTwinAndWrapper(e, node, name);
    const keyword = scope.kind === "function" ? "var" : "let";
    const last = lastDeclaration(statements, name) === node;
    if (!last) continue;
    const isParam = binding?.kind === "param";
    text += `const ${generatorName(name)}=${twin};`;
    text += isParam ? `${safeName(name)}=${wrapper};` : `${keyword} ${safeName(name)}=${wrapper};`;
  }
  return text;
}

export function declaredFunction(statement: t.Node): t.FunctionDeclaration | null {
  if (isTypeOnly(statement)) return null;
  if (statement.type === "FunctionDeclaration") return statement;
  if (statement.type === "LabeledStatement") return declaredFunction(statement.body);
  if (statement.type === "ExportNamedDeclaration" && statement.declaration)
    return declaredFunction(statement.declaration);
  if (statement.type === "ExportDefaultDeclaration") return declaredFunction(statement.declaration);
  return null;
}

function lastDeclaration(statements: readonly t.Node[], name: string): t.Node | null {
  let last: t.Node | null = null;
  for (const statement of statements) {
    const node = declaredFunction(statement);
    if (node?.id?.name === name) last = node;
  }
  return last;
}
