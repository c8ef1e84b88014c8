import type * as t from "@babel/types";
import { boundNames } from "./analyse.ts";
import type { Scope } from "./bindings.ts";
import { declarePattern, emitVariables, keywordOf } from "./emit-declarations.ts";
import { emitExpression } from "./emit-expressions.ts";
import { unwrap } from "./emit-members.ts";
import { assignPattern } from "./emit-patterns.ts";
import { accessor, declareMemory, scopeVariables } from "./emit-scopes.ts";
import { countCalls, emitStatement, emitUnused } from "./emit-statements.ts";
import { type Emitter, quote } from "./emitter.ts";
import { LOAD } from "./monitor.ts";

/** The scope of a loop's head stays open while `body` is written. */
function inHead(
  e: Emitter,
  node: t.Node,
  body: (open: string, scope: Scope, memory: string) => string,
): string {
  const { slot, scope: outer } = e.fn;
  const scope = e.scopeOf(node);
  const variables = scopeVariables(scope);
  const memory = declareMemory(e, scope);
  const open = e.rich && variables.length > 0 ? accessor(e, variables, [], node) : "";
  const text = body(open, scope, memory);
  e.fn.slot = slot;
  e.fn.scope = outer;
  return text;
}

export function emitFor(e: Emitter, node: t.ForStatement, labels: string): string {
  return inHead(e, node, (open, scope, memory) => {
    const fresh = [...scope.bindings.values()].some((binding) => binding.captured);
    countCalls(e, node.init);
    const init = node.init;
    const declares = init?.type === "VariableDeclaration";
    const start = !init
      ? ""
      : declares
        ? emitVariables(e, init)
        : `${e.tick(init)}${emitExpression(e, init)};`;
    const isConst = declares && keywordOf(init) === "const";
    if (!fresh || isConst)
      return `{${memory}${open}${start}${labels}for(;${test(e, node, "")};${update(e, node)}){${emitStatement(e, node.body)}}}`;
    return emitFreshFor(e, node, labels, open, `${memory}${start}`, scope);
  });
}

/** Closures keep the variables of their own iteration: the language's own copying loop does that. */
function emitFreshFor(
  e: Emitter,
  node: t.ForStatement,
  labels: string,
  open: string,
  start: string,
  scope: Scope,
): string {
  const names = [...scope.bindings.values()].map((binding) =>
    binding.name.startsWith("$") ? `$$${binding.name}` : binding.name,
  );
  const copies = names.map((name) => `$c$${name}`);
  const save = names.map((name, index) => `${copies[index]}=${name}`).join(",");
  const memory = e.memories.get(scope);
  const own = memory === undefined ? "" : `,${memory}={}`;
  const heads = names.map((name, index) => `${name}=${copies[index]}`).join(",") + own;
  const renew = memory === undefined ? "" : `${memory}={},`;
  const first = `let ${copies.join(",")};{${open}${start}${save};}`;
  const each = open === "" ? "" : `${open.slice(0, -1)},`;
  return `{${first}${labels}for(let ${heads};${test(e, node, each)};${update(e, node, renew)}){${emitStatement(e, node.body)}}}`;
}

function test(e: Emitter, node: t.ForStatement, before: string): string {
  countCalls(e, node.test);
  const tick = e.tickExpression(node.test ?? node);
  return `(${before}${tick},${node.test ? emitExpression(e, node.test) : "true"})`;
}

function update(e: Emitter, node: t.ForStatement, before = ""): string {
  if (!node.update) return before.slice(0, -1);
  countCalls(e, node.update);
  return `(${before}${e.tickExpression(node.update)},${emitUnused(e, node.update)})`;
}

/** Binds or assigns what an iteration delivers. */
function emitEach(e: Emitter, left: t.Node, value: string): string {
  if (left.type === "VariableDeclaration") {
    const id = left.declarations[0]!.id;
    return declarePattern(e, id, value, keywordOf(left));
  }
  const temp = e.temp();
  const text = `${temp}=${value};${assignPattern(e, unwrap(left), temp)}0;`;
  e.release(temp);
  return text;
}

/** What a loop iterates over cannot see the variables of the loop's head: to it they are not initialised. */
function emitIterated(e: Emitter, node: t.ForInStatement | t.ForOfStatement): string {
  const bindings = [...e.scopeOf(node).bindings.values()];
  for (const binding of bindings) binding.member = `$tdz(${quote(binding.name)}).x`;
  const text = emitExpression(e, node.right);
  for (const binding of bindings) binding.member = null;
  return text;
}

export function emitForIn(e: Emitter, node: t.ForInStatement, labels: string): string {
  countCalls(e, node.right);
  const tick = e.tick(node);
  const iterated = emitIterated(e, node);
  const object = e.points
    ? e.withTemp((temp) => `(${temp}=${iterated},${e.point(node.right, temp, "undefined", LOAD)}${temp})`)
    : iterated;
  const key = `$n${e.fresh()}`;
  const step = e.tickExpression(node.left);
  const inner = inHead(e, node, (open, _scope, memory) => {
    return `${step};${memory}${open}${emitEach(e, node.left, key)}${emitStatement(e, node.body)}`;
  });
  return `${tick}${labels}for(const ${key} in ${object}){${inner}}`;
}

/** `catch (a) { for (var a of …) … }` is an error of the language. */
function refuseCatchVariable(e: Emitter, left: t.Node): void {
  if (left.type !== "VariableDeclaration" || left.kind !== "var") return;
  for (const id of boundNames(left.declarations[0]!.id))
    if (e.binding(id)?.kind === "catch")
      e.error("syntax", `Identifier '${id.name}' has already been declared.`, id);
}

/**
 * `for (… of …)` written out, so that iterators of the program can pause: arrays and other native iterators are
 * stepped without a generator, and `return()` is called as the language says.
 */
export function emitForOf(e: Emitter, node: t.ForOfStatement, labels: string): string {
  if (node.await) e.error("async", "for await is not supported.", node);
  refuseCatchVariable(e, node.left);
  countCalls(e, node.right);
  const tick = e.tick(node);
  const [cursor, open, top] = [e.temp(), e.temp(), e.temp()];
  const iterable = emitIterated(e, node);
  const step = e.tickExpression(node.left);
  const point = e.point(node.right, `${cursor}.source`, `${cursor}.at`, LOAD);
  const inner = inHead(e, node, (openScope, _scope, memory) => {
    const next = `${step};${open}=false;if((${point}${cursor}.native?${cursor}.next():yield*$step(${cursor})))break;${open}=${cursor}.closes;`;
    return `${next}{${memory}${openScope}${emitEach(e, node.left, `${cursor}.value`)}${emitStatement(e, node.body)}}`;
  });
  e.release(cursor, open, top);
  const start = `${cursor}=${iterable};${cursor}=$list(${cursor})??(yield*$open(${cursor}));${open}=false;`;
  const failed = `catch($e){${top}=$m.top;$m.top=$F;if(${open}${e.fn.delegates ? "&&!($e instanceof $R)" : ""}){${open}=false;if(!($e instanceof $U))yield*$abandon(${cursor});}$m.top=${top};throw $e}`;
  const finished = `finally{if(${open}){${top}=$m.top;$m.top=$F;yield*$finish(${cursor});$m.top=${top};}}`;
  return `${tick}${start}try{${labels}for(;;){${inner}}}${failed}${finished}`;
}
