import type * as t from "@babel/types";
import { children, isFunctionNode, isTypeOnly } from "./analyse.ts";
import { emitClassDeclaration } from "./emit-classes.ts";
import { declarePattern, emitVariables } from "./emit-declarations.ts";
import { emitEnum, emitImportAlias, emitNamespace } from "./emit-erased.ts";
import { emitExpression } from "./emit-expressions.ts";
import { emitFor, emitForIn, emitForOf } from "./emit-loops.ts";
import { accessor, declareMemory, hoistFunctions, inBlock, scopeVariables } from "./emit-scopes.ts";
import { type Emitter, safeName } from "./emitter.ts";

/** Body of a function after its parameters are there, down to the return. */
export function emitBody(e: Emitter, node: t.Function, prelude: string): string {
  const body = node.body;
  if (body.type !== "BlockStatement") return emitReturnValue(e, body, e.tick(body));
  return `${prelude}${emitStatements(e, body.body)}${leave(e)}`;
}

/** What runs when the end of a function is reached. */
function leave(e: Emitter): string {
  const { ctor, record, self } = e.fn;
  if (ctor === null || record.arrow) return "$m.top=$F.parent;";
  return `$m.top=$F.parent;return ${ctor.derived ? `$super(${self})` : self};`;
}

function result(e: Emitter, value: string): string {
  const { ctor, record, self } = e.fn;
  if (ctor === null || record.arrow) return value;
  return `${ctor.derived ? "$derivedResult" : "$baseResult"}(${value},${self})`;
}

function emitReturnValue(e: Emitter, argument: t.Node | null | undefined, tick: string): string {
  if (!argument) return `${tick}$m.top=$F.parent;return ${result(e, "undefined")};`;
  countCalls(e, argument);
  return e.withTemp(
    (temp) => `${tick}${temp}=${emitExpression(e, argument)};$m.top=$F.parent;return ${result(e, temp)};`,
  );
}

export function emitStatements(e: Emitter, nodes: readonly t.Node[]): string {
  return nodes.map((node) => emitStatement(e, node)).join("\n");
}

/** Does evaluating it make more than one call? Then each call records where it stands. */
export function countCalls(e: Emitter, ...nodes: (t.Node | null | undefined)[]): void {
  let count = 0;
  const walk = (node: t.Node): void => {
    if (isFunctionNode(node)) return;
    if (/^(Optional)?CallExpression$|^NewExpression$|^TaggedTemplate/.test(node.type)) count++;
    for (const child of children(node)) walk(child);
  };
  for (const node of nodes) if (node) walk(node);
  e.fn.manyCalls = count > 1;
}

/** One statement; `labels` stand before the loop they belong to. */
export function emitStatement(e: Emitter, node: t.Node, labels = ""): string {
  if (isTypeOnly(node)) return "";
  switch (node.type) {
    case "ExpressionStatement":
      countCalls(e, node.expression);
      return `${e.tick(node)}${emitUnused(e, node.expression)};`;
    case "VariableDeclaration":
      countCalls(e, node);
      return emitVariables(e, node);
    case "FunctionDeclaration":
    case "EmptyStatement":
      return labels === "" ? "" : `${labels};`;
    case "ReturnStatement":
      return emitReturnValue(e, node.argument, e.tick(node));
    case "IfStatement":
      return emitIf(e, node);
    case "BlockStatement":
      return `{${inBlock(e, node, node.body, () => emitStatements(e, node.body))}}`;
    case "ForStatement":
      return emitFor(e, node, labels);
    case "ForOfStatement":
      return emitForOf(e, node, labels);
    case "ForInStatement":
      return emitForIn(e, node, labels);
    case "WhileStatement": {
      countCalls(e, node.test);
      const test = `${e.tickExpression(node.test)},${emitExpression(e, node.test)}`;
      return `${labels}while((${test})){${emitStatement(e, node.body)}}`;
    }
    case "DoWhileStatement": {
      const body = emitStatement(e, node.body);
      countCalls(e, node.test);
      return `${labels}do{${body}}while((${e.tickExpression(node.test)},${emitExpression(e, node.test)}));`;
    }
    case "BreakStatement":
      return `${e.tick(node)}break${node.label ? ` ${safeName(node.label.name)}` : ""};`;
    case "ContinueStatement":
      return `${e.tick(node)}continue${node.label ? ` ${safeName(node.label.name)}` : ""};`;
    case "LabeledStatement":
      return emitLabeled(e, node, labels);
    case "ThrowStatement":
      countCalls(e, node.argument);
      return `${e.tick(node)}throw ${emitExpression(e, node.argument)};`;
    case "TryStatement":
      return emitTry(e, node);
    case "SwitchStatement":
      return emitSwitch(e, node);
    case "ClassDeclaration":
      return emitClassDeclaration(e, node);
    case "DebuggerStatement":
      return e.tick(node);
    case "TSEnumDeclaration":
      return emitEnum(e, node);
    case "TSModuleDeclaration":
      return emitNamespace(e, node);
    case "TSImportEqualsDeclaration":
      return emitImportAlias(e, node);
    case "WithStatement":
      e.error("with", "`with` is not supported: name the object.", node);
      return "";
    default:
      e.error("unsupported", `${node.type} is not supported in a driver model.`, node);
      return "";
  }
}

/** An expression whose value nobody takes: `x++` need not keep the old value. */
export function emitUnused(e: Emitter, node: t.Expression): string {
  return emitExpression(e, node.type === "UpdateExpression" ? { ...node, prefix: true } : node);
}

function emitIf(e: Emitter, node: t.IfStatement): string {
  countCalls(e, node.test);
  const head = `${e.tick(node)}if(${emitExpression(e, node.test)})`;
  const otherwise = node.alternate ? `else{${emitStatement(e, node.alternate)}}` : "";
  return `${head}{${emitStatement(e, node.consequent)}}${otherwise}`;
}

function emitLabeled(e: Emitter, node: t.LabeledStatement, labels: string): string {
  const label = `${labels}${safeName(node.label.name)}:`;
  switch (node.body.type) {
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return emitStatement(e, node.body, label);
    default:
      return `${label}{${emitStatement(e, node.body)}}`;
  }
}

function emitTry(e: Emitter, node: t.TryStatement): string {
  if (!node.finalizer)
    return `try${emitStatement(e, node.block)}${node.handler ? emitCatch(e, node.handler) : ""}`;
  // The machine's own unwinding must not run the program's finally blocks.
  // An exception keeps its place: the frame where it was thrown, and where this frame stood.
  const [unwinding, top, pc] = [e.temp(), e.temp(), e.temp()];
  const block = emitStatement(e, node.block);
  const handler = node.handler ? emitCatch(e, node.handler) : "";
  const inner = handler === "" ? block : `{try${block}${handler}}`;
  const final = emitStatement(e, node.finalizer);
  e.release(unwinding, top, pc);
  return `${unwinding}=false;try${inner}catch($e){if($e instanceof $U)${unwinding}=true;throw $e}finally{if(!${unwinding}){${top}=$m.top;${pc}=$F.pc;$m.top=$F;${final}$m.top=${top};$F.pc=${pc};}}`;
}

function emitCatch(e: Emitter, node: t.CatchClause): string {
  const guard = `$m.top=$F;if($e instanceof $U${e.fn.delegates ? "||$e instanceof $R" : ""})throw $e;`;
  const inner = inBlock(e, node, [], () => {
    const declared = node.param ? declarePattern(e, node.param, "$e", "let") : "";
    return `${declared}${emitStatement(e, node.body)}`;
  });
  return `catch($e){${guard}{${inner}}}`;
}

function emitSwitch(e: Emitter, node: t.SwitchStatement): string {
  countCalls(e, node.discriminant);
  const tick = e.tick(node);
  const value = emitExpression(e, node.discriminant);
  const scope = e.scopeOf(node);
  const { slot, scope: outer } = e.fn;
  const variables = scopeVariables(scope);
  let open = "";
  for (const binding of variables)
    if (binding.kind !== "function") {
      binding.unsafe = true;
      open += `let ${safeName(binding.name)}=$T;`;
    }
  e.hoistedScopes.add(scope);
  open += declareMemory(e, scope);
  return e.withTemp((temp) => {
    if (e.rich && variables.length > 0) open += accessor(e, variables, [], node);
    open += hoistFunctions(
      e,
      scope,
      node.cases.flatMap((clause) => clause.consequent),
    );
    const cases = node.cases.map((clause) => emitCase(e, clause)).join("");
    e.fn.slot = slot;
    e.fn.scope = outer;
    return `${tick}{${temp}=${value};${open}switch(${temp}){${cases}}}`;
  });
}

function emitCase(e: Emitter, clause: t.SwitchCase): string {
  countCalls(e, clause.test);
  const head = clause.test ? `case ${emitExpression(e, clause.test)}:` : "default:";
  return `${head}${emitStatements(e, clause.consequent)}\n`;
}
