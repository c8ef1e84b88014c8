/** Which variables have a value to be shown beside the code while the debugger stands: those that the frame in focus has, where they are used. */
import type { InlineValue, Range } from "vscode-languageserver-protocol";
import { parse } from "../../sim/instrument/parse.ts";

/** What every node of the syntax tree has. */
interface Node {
  readonly type: string;
  readonly loc: { readonly start: Place; readonly end: Place };
  readonly [key: string]: unknown;
}

/** Lines count from 1, columns from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A block, function or loop with the names that it declares and the lines on which they are declared. */
interface Scope {
  readonly node: Node;
  readonly names: Map<string, { readonly line: number; readonly parameter: boolean }>;
}

const FUNCTION = /Function|Method/;
const SCOPE = /^(?:BlockStatement|For\w*Statement|SwitchStatement|CatchClause|Program)$/;

/** Values up to the line at which the debugger stands, in the innermost function around it. */
export function inlineValues(text: string, stopped: Range): InlineValue[] {
  const root = parse(text).program as unknown as Node | null;
  if (root === null) return [];
  const at: Place = { line: stopped.start.line + 1, column: stopped.start.character };
  const found = new Map<string, InlineValue>();
  const focus = innermostFunction(root, at);
  if (focus === null) return [];
  const module: Scope = { node: root, names: declared(root.body as Node[]) };
  walk(focus, [module], at, (name, node) => {
    const { line, column } = node.loc.start;
    const start = { line: line - 1, character: column };
    const range = { start, end: { line: line - 1, character: column + name.length } };
    found.set(`${line} ${name}`, { range, variableName: name, caseSensitiveLookup: true });
  });
  return [...found.values()];
}

function contains({ loc: { start, end } }: Node, { line, column }: Place): boolean {
  const after = line > start.line || (line === start.line && column >= start.column);
  return after && (line < end.line || (line === end.line && column <= end.column));
}

function innermostFunction(root: Node, at: Place): Node | null {
  let found: Node | null = null;
  const look = (node: Node): void => {
    if (FUNCTION.test(node.type)) found = node;
    for (const child of children(node)) if (contains(child, at)) look(child);
  };
  look(root);
  return found;
}

function walk(
  node: Node,
  scopes: readonly Scope[],
  at: Place,
  use: (name: string, node: Node) => void,
): void {
  if (node.loc.start.line > at.line) return;
  const inner = opened(node);
  const now = inner === null ? scopes : [...scopes, inner];
  if (node.type === "Identifier") {
    const name = node.name as string;
    const scope = now.findLast(({ names }) => names.has(name));
    const declaration = scope?.names.get(name);
    const seen = declaration !== undefined && (declaration.parameter || declaration.line < at.line);
    if (scope !== undefined && seen && contains(scope.node, at)) use(name, node);
    return;
  }
  for (const child of children(node)) {
    // code of another function runs in another frame
    if (FUNCTION.test(child.type) && !contains(child, at)) continue;
    walk(child, now, at, use);
  }
}

function opened(node: Node): Scope | null {
  if (FUNCTION.test(node.type)) {
    const names = new Map<string, { line: number; parameter: boolean }>();
    for (const parameter of node.params as Node[])
      for (const name of patternNames(parameter))
        names.set(name, { line: parameter.loc.start.line, parameter: true });
    return { node, names };
  }
  if (!SCOPE.test(node.type)) return null;
  const own = [
    ...list(node.body),
    ...list(node.init),
    ...list(node.left),
    ...list(node.cases).flatMap((c) => list(c.consequent)),
  ];
  return { node, names: declared(own) };
}

/** Variables that statements declare; functions, classes and imports have no value worth a look. */
function declared(statements: readonly Node[]): Scope["names"] {
  const names: Scope["names"] = new Map();
  for (const statement of statements) {
    const declaration = (statement.declaration as Node | null | undefined) ?? statement;
    if (declaration.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations as { id: Node; init: Node | null }[]) {
      if (init !== null && FUNCTION.test(init.type)) continue;
      for (const name of patternNames(id))
        names.set(name, { line: declaration.loc.start.line, parameter: false });
    }
  }
  return names;
}

function patternNames(pattern: Node): string[] {
  if (pattern.type === "Identifier") return [pattern.name as string];
  if (pattern.type === "ObjectProperty") return patternNames(pattern.value as Node);
  if (pattern.type === "AssignmentPattern") return patternNames(pattern.left as Node);
  return children(pattern).flatMap(patternNames);
}

/** Parts of a node in which names are variables: no types, no names of properties. */
function children(node: Node): Node[] {
  const parts: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (
      /^(?:loc|.*[cC]omments|typeAnnotation|typeParameters|typeArguments|returnType|tokens|extra|label)$/.test(
        key,
      )
    )
      continue;
    if ((key === "property" || key === "key") && node.computed !== true) continue;
    if (key === "id" && FUNCTION.test(node.type)) continue;
    parts.push(...list(value));
  }
  return parts.filter(({ type }) => !type.startsWith("TS") || /^TS(?:As|NonNull|Satisfies)/.test(type));
}

function list(value: unknown): Node[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is Node => typeof (one as Node | null)?.type === "string");
}
