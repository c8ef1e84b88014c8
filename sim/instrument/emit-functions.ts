import type * as t from "@babel/types";
import { children, isFunctionNode } from "./analyse.ts";
import type { FnRecord, Scope } from "./bindings.ts";
import { declareSteps } from "./emit-patterns.ts";
import { accessor, declareMemory, hoistFunctions, inBlock, scopeVariables } from "./emit-scopes.ts";
import { emitBody } from "./emit-statements.ts";
import { type Emitter, type FnContext, generatorName, NO_SCOPE, quote, safeName } from "./emitter.ts";

export interface FunctionOptions {
  /** As the stack shows it; empty if it has none. */
  readonly name: string;
  readonly home?: string | null;
  readonly ctor?: FnContext["ctor"];
  /** Text after `this` exists in a constructor. */
  readonly prelude?: string;
}

/** What kind of function object wraps a generator. */
type Shape = "function" | "arrow" | "method" | "generator" | "target";

/** Writes code of another function with a context of its own. */
export function inFunction<T>(e: Emitter, context: FnContext, body: () => T): T {
  const outer = e.fn;
  e.fn = context;
  const result = body();
  e.fn = outer;
  return result;
}

/** Is there a `yield*` in the function itself? */
function hasDelegate(node: t.Node): boolean {
  return children(node).some((child) => {
    if (child.type === "YieldExpression" && child.delegate) return true;
    return !isFunctionNode(child) && hasDelegate(child);
  });
}

export function makeContext(e: Emitter, record: FnRecord, options: FunctionOptions, node: t.Node): FnContext {
  const home = record.home;
  const ctor = record.arrow ? e.fn.ctor : (options.ctor ?? null);
  const inCtor = ctor !== null;
  const explicit = inCtor || isTarget(home.node, home);
  return {
    index: e.addFunction(options.name || "(anonymous)", node),
    record,
    home: record.arrow ? e.fn.home : (options.home ?? null),
    ctor,
    generator: false,
    self: inCtor || record.arrow || home.thisCaptured ? "$this" : "this",
    arguments: explicit || record.arrow || home.argumentsCaptured ? "$args" : "arguments",
    free: [],
    vars: new Set(),
    temps: 0,
    slot: 0,
    scope: NO_SCOPE,
    manyCalls: false,
    delegates: node.type !== "ArrowFunctionExpression" && hasDelegate(node),
  };
}

const isSimple = (params: readonly t.Node[]): boolean => params.every((param) => param.type === "Identifier");

function withoutThis(node: t.Function): t.Node[] {
  return node.params.filter((param) => !(param.type === "Identifier" && param.name === "this"));
}

/** The value of `length`. */
export function arity(node: t.Function): number {
  let count = 0;
  for (const param of withoutThis(node)) {
    const inner = param.type === "TSParameterProperty" ? param.parameter : param;
    if (inner.type === "AssignmentPattern" || inner.type === "RestElement") break;
    count++;
  }
  return count;
}

/** The generator that runs the function: text of a generator function expression. */
export function emitGenerator(e: Emitter, node: t.Function, options: FunctionOptions): string {
  const record = e.analysis.functions.get(node)!;
  const context = makeContext(e, record, options, node);
  if (node.async)
    e.error(
      "async",
      "async functions are not supported: kernel code blocks where it waits (wait_event, completions).",
      node,
    );
  return inFunction(e, context, () => writeGenerator(e, node, options, record));
}

function writeGenerator(e: Emitter, node: t.Function, options: FunctionOptions, record: FnRecord): string {
  const explicit = e.fn.ctor !== null && !record.arrow;
  const listed = explicit || isTarget(node, record);
  const params = withoutThis(node);
  const scope = record.scope;
  const { names, text: parameters } = emitParameters(e, params, listed, scope);
  const enter = enterFrame(e, record);
  const open = openFunctionScope(e, record, node);
  const taken = parameters();
  // Until the first statement the frame stands at the parameters.
  const init = taken === "" ? "" : `$F.pc=${e.addPc("call", node)};${taken}`;
  const after = options.prelude ?? "";
  const inner =
    node.type !== "ArrowFunctionExpression" && node.generator && !isSimple(params) ? "yield $Y.give();" : "";
  const own = e.analysis.scopes.get(node.body);
  const body =
    node.body.type !== "BlockStatement"
      ? emitBody(e, node, after)
      : own === undefined
        ? hoistFunctions(e, scope, node.body.body) + emitBody(e, node, after)
        : separateBody(e, node, node.body, own, after);
  const captures = emitCaptures(e, record, listed);
  const list = listed ? "$nt,$args" : names.join(",");
  const text = `function*(${list}){${temporaries(e)}${captures}${enter}${open}${guarded(e, `${init}${inner}${body}`)}}`;
  return inner === "" ? text : `$primed(${text})`;
}

/** A body whose variables are not those that closures of the parameters see: they start as the parameters ended. */
function separateBody(
  e: Emitter,
  node: t.Function,
  block: t.BlockStatement,
  scope: Scope,
  prelude: string,
): string {
  e.hoistedScopes.add(scope);
  const params = e.analysis.functions.get(node)!.scope.bindings;
  let copies = "";
  let lets = "";
  for (const binding of scope.bindings.values()) {
    if (binding.kind === "function") continue;
    const name = safeName(binding.name);
    const inherits = binding.kind === "var" && params.has(binding.name);
    if (inherits) copies += `const $b$${binding.name}=${name};`;
    const first = inherits ? `$b$${binding.name}` : binding.unsafe ? "$T" : "undefined";
    const twin = binding.target && !binding.unsafe ? `let ${generatorName(binding.name)};` : "";
    lets += `let ${name}=${first};${twin}`;
  }
  const body = inBlock(e, block, block.body, () => emitBody(e, node, prelude));
  return `${copies}{${lets}${body}}`;
}

/** May it be called with `new`, and asks for `new.target`? */
export function isTarget(node: t.Node, record: FnRecord): boolean {
  const callable = node.type === "FunctionDeclaration" || node.type === "FunctionExpression";
  return callable && !node.generator && record.usesNewTarget;
}

function guarded(e: Emitter, body: string): string {
  return e.fn.delegates ? `try{${body}}catch($e){if($e instanceof $R)return $e.value;throw $e}` : body;
}

/** `this`, `arguments` and `new.target` that nested arrows need. */
function emitCaptures(e: Emitter, record: FnRecord, listed: boolean): string {
  if (record.arrow) return "";
  let text = "";
  if (e.fn.ctor === null && record.thisCaptured) text += "const $this=this;";
  if (!listed && record.usesNewTarget) text += "const $nt=undefined;";
  if (listed) {
    if (record.usesArguments) text += "$args=$arguments($args);";
  } else if (record.argumentsCaptured) text += "const $args=arguments;";
  return text;
}

export function temporaries(e: Emitter): string {
  const names = [...Array.from({ length: e.fn.temps }, (_, index) => `$${index + 1}`), ...e.fn.vars];
  return names.length === 0 ? "" : `var ${names.join(",")};`;
}

export function enterFrame(e: Emitter, record: FnRecord): string {
  const derived = e.fn.ctor?.derived && !record.arrow;
  const self = e.rich && record.usesThis && !derived ? `$F.self=${e.fn.self};` : "";
  return `const $F=$m.top=new $Frame($fn[${e.fn.index}],$m.top);if($F.depth>500)$m.stackOverflow($F);${self}`;
}

/** The accessor of the function's own variables and of those that it takes from enclosing functions. */
function openFunctionScope(e: Emitter, record: FnRecord, node: t.Node): string {
  const memory = declareMemory(e, record.scope);
  const variables = scopeVariables(record.scope);
  const closure = [...record.closure].filter((binding) => binding.scope.kind !== "namespace");
  if (!e.rich || variables.length + closure.length === 0) return memory;
  return memory + accessor(e, variables, closure, node);
}

interface Parameters {
  /** Names in the parameter list of the generator. */
  readonly names: string[];
  /** Writes the statements that fill the parameters. */
  readonly text: () => string;
}

function emitParameters(e: Emitter, params: t.Node[], listed: boolean, scope: Scope): Parameters {
  if (!listed && isSimple(params)) {
    const names = params.map((param) => safeName((param as t.Identifier).name));
    return { names, text: () => "" };
  }
  const names: string[] = [];
  const sources: string[] = [];
  params.forEach((param, index) => {
    const rest = param.type === "RestElement";
    if (listed) sources.push(rest ? `$slice($args,${index})` : `$args[${index}]`);
    else if (!rest && param.type === "Identifier") {
      names.push(safeName(param.name));
      sources.push("");
    } else {
      names.push(rest ? `...$p${index}` : `$p${index}`);
      sources.push(`$p${index}`);
    }
  });
  const text = (): string => {
    let written = "";
    params.forEach((param, index) => {
      const source = sources[index]!;
      if (source === "") return;
      const target = param.type === "RestElement" ? param.argument : param;
      for (const step of declareSteps(e, target, source))
        written += step.bind === null ? `${step.text};` : declareParameter(scope, step.bind.name, step.text);
    });
    return written;
  };
  return { names, text };
}

function declareParameter(scope: Scope, name: string, value: string): string {
  const repeated = (scope.bindings.get(name)?.declarations ?? 1) > 1;
  return `${repeated ? "var" : "let"} ${safeName(name)}=${value};`;
}

// ---- wrappers

function shapeOf(e: Emitter, node: t.Function): Shape {
  if (node.generator) return "generator";
  if (node.type === "ArrowFunctionExpression") return "arrow";
  if (node.type === "ObjectMethod") return "method";
  return isTarget(node, e.analysis.functions.get(node)!) ? "target" : "function";
}

const letters = (count: number): string => Array.from({ length: count }, (_, index) => `a${index}`).join(",");

/** Hoists the maker of a wrapper to the top of the factory; its name. */
export function emitMaker(e: Emitter, node: t.Function, name: string): string {
  const maker = `$k${e.fresh()}`;
  const setter = node.type === "ObjectMethod" && node.kind === "set";
  const list = setter ? "a0" : letters(arity(node));
  const key = quote(name);
  const bodies: Record<Shape, string> = {
    function: `({[${key}]:function(${list}){return $m.runNested(g.apply(this,arguments))}})`,
    method: `({[${key}](${list}){return $m.runNested(g.apply(this,arguments))}})`,
    arrow: `({[${key}]:(${list}${list && ","}...r)=>$m.runNested(g(${list}${list && ","}...r))})`,
    target: `({[${key}]:function(${list}){return $m.runNested(g.call(this,new.target,arguments))}})`,
    generator: `({[${key}](${list}){return $generate(s,this,arguments)}})`,
  };
  const shape = shapeOf(e, node);
  const value = `${bodies[shape]}[${key}]`;
  if (shape === "generator")
    e.hoisted.push(`const ${maker}=g=>{const s={g,w:null,m:$m};return $stampGenerator(${value},s)};`);
  else if (shape === "target") e.hoisted.push(`const ${maker}=g=>$stampTarget(${value},g);`);
  else e.hoisted.push(`const ${maker}=g=>{const w=${value};w[$G]=g;return w};`);
  return maker;
}

/** A function or arrow as a value. */
export function emitFunctionValue(
  e: Emitter,
  node: t.FunctionExpression | t.ArrowFunctionExpression,
  name: string,
): string {
  const own = node.type === "FunctionExpression" && node.id ? node.id.name : "";
  const maker = emitMaker(e, node, own || name);
  const generator = emitGenerator(e, node, { name: own || name });
  if (own === "") return `${maker}(${generator})`;
  const twin = generatorName(own);
  return `(()=>{const ${twin}=${generator},${safeName(own)}=${maker}(${twin});return ${safeName(own)}})()`;
}

/** Twin and wrapper of a function whose name is bound to it forever: two assignments, separated by a comma. */
export function emitTwinAndWrapper(
  e: Emitter,
  node: t.Function,
  name: string,
): { twin: string; wrapper: string } {
  const maker = emitMaker(e, node, name);
  const twin = emitGenerator(e, node, { name });
  return { twin, wrapper: `${maker}(${generatorName(name)})` };
}
