/** A driver model's modules, parsed: functions, classes, imports. */
import type * as t from "@babel/types";
import { parse } from "../instrument/parse.ts";
import { type Files, findFile } from "../lab/files.ts";
import type { Span } from "./finding.ts";

export type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod;

export interface Fn {
  readonly name: string;
  readonly node: FunctionNode;
  readonly module: Module;
  /** Variables of the function itself, parameters included. */
  readonly names: ReadonlySet<string>;
  /** Has functions inside, which may outlive its activation. */
  readonly closes: boolean;
}

export interface ClassInfo {
  readonly name: string;
  readonly node: t.Class;
  readonly module: Module;
  readonly base: string | null;
  /** Type names of the fields, where the source says so. */
  readonly fields: ReadonlyMap<string, string>;
}

export interface Imported {
  readonly specifier: string;
  readonly name: string;
}

export interface Module {
  readonly file: string;
  readonly text: string;
  readonly program: t.Program;
  readonly names: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, Imported>;
  /** Exported name to local name. */
  readonly exports: ReadonlyMap<string, string>;
  readonly relative: ReadonlyMap<string, string>;
}

export interface Model {
  /** The main file first; what a module imports comes before it in `order`. */
  readonly modules: ReadonlyMap<string, Module>;
  readonly order: readonly Module[];
  readonly classes: ReadonlyMap<string, ClassInfo>;
  readonly functions: ReadonlyMap<t.Node, Fn>;
  /** Variables and fields that are assigned after their declaration, by name. */
  readonly reassigned: ReadonlySet<string>;
  /** Declared types of variables, by name; "" where two differ. */
  readonly varTypes: ReadonlyMap<string, string>;
  /** Names of the kernel API that occur, imports not counted. */
  readonly uses: ReadonlySet<string>;
  /** False where a file could not be parsed: nothing may be concluded from what is missing. */
  readonly whole: boolean;
  readonly problems: readonly Problem[];
}

/** A syntax error. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One parsed file; kept by whoever analyses again and again. */
export interface ParsedFile {
  readonly text: string;
  readonly program: t.Program | null;
  readonly problems: readonly Problem[];
}

export type ParseCache = Map<string, ParsedFile>;

export function spanOf(file: string, node: t.Node): Span {
  const { start, end } = node.loc!;
  return {
    file,
    line: start.line,
    column: start.column + 1,
    endLine: end.line,
    endColumn: end.column + 1,
  };
}

export function isFunction(node: t.Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression" ||
    node.type === "ObjectMethod" ||
    node.type === "ClassMethod"
  );
}

const SKIP = new Set(["loc", "start", "end", "extra", "typeAnnotation", "typeParameters", "returnType"]);

/** The nodes below a node, in the order of the source. */
export function children(node: t.Node): t.Node[] {
  const found: t.Node[] = [];
  const add = (item: unknown): void => {
    if (item !== null && typeof item === "object" && typeof (item as t.Node).type === "string")
      found.push(item as t.Node);
  };
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (value === null || typeof value !== "object" || SKIP.has(key)) continue;
    if (Array.isArray(value)) for (const item of value as unknown[]) add(item);
    else add(value);
  }
  return found;
}

/** The name of a declared type; `X[]` for an array. */
export function typeName(annotation: t.Node | null | undefined): string | undefined {
  if (!annotation) return undefined;
  if (annotation.type === "TSTypeAnnotation") return typeName(annotation.typeAnnotation);
  if (annotation.type === "TSParenthesizedType") return typeName(annotation.typeAnnotation);
  if (annotation.type === "TSArrayType") {
    const element = typeName(annotation.elementType);
    return element === undefined ? undefined : `${element}[]`;
  }
  if (annotation.type === "TSTypeReference" && annotation.typeName.type === "Identifier")
    return annotation.typeName.name;
  if (annotation.type === "TSUnionType") {
    const names = annotation.types.map(typeName).filter((name) => name !== undefined);
    return names.length === 1 ? names[0] : undefined;
  }
  return undefined;
}

/** The analysis recurses along the tree: no sensible source is nested further than that. */
const MAX_NESTING = 400;

/** Thrown where a program is nested more deeply than can be followed. */
class TooDeep {
  readonly node: t.Node;

  constructor(node: t.Node) {
    this.node = node;
  }
}

/** Names that a pattern binds. */
export function bound(pattern: t.Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => bound(p.type === "RestElement" ? p.argument : p.value));
    case "ArrayPattern":
      return pattern.elements.flatMap(bound);
    case "AssignmentPattern":
      return bound(pattern.left);
    case "RestElement":
      return bound(pattern.argument);
    case "TSParameterProperty":
      return bound(pattern.parameter);
    default:
      return [];
  }
}

class Reader {
  readonly modules = new Map<string, Module>();
  readonly order: Module[] = [];
  readonly classes = new Map<string, ClassInfo>();
  readonly functions = new Map<t.Node, Fn>();
  readonly reassigned = new Set<string>();
  readonly uses = new Set<string>();
  readonly varTypes = new Map<string, string>();
  readonly problems: Problem[] = [];
  whole = true;
  readonly #files: Files;
  readonly #cache: ParseCache;

  constructor(files: Files, cache: ParseCache) {
    this.#files = files;
    this.#cache = cache;
  }

  visit(file: string, text: string): void {
    if (this.modules.has(file)) return;
    const { program, problems } = this.#parsed(file, text);
    this.problems.push(...problems);
    if (problems.length > 0) this.whole = false;
    if (program === null) return;
    const names = new Set<string>();
    const imports = new Map<string, Imported>();
    const exports = new Map<string, string>();
    const relative = new Map<string, string>();
    const module: Module = { file, text, program, names, imports, exports, relative };
    this.modules.set(file, module);
    for (const node of program.body) this.#topLevel(node, module, imports, exports, relative);
    try {
      this.#walk(program, module, names, 0);
      this.order.push(module);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      const { line, column } = error.node.loc!.start;
      this.modules.delete(file);
      this.problems.push({
        file,
        line,
        column: column + 1,
        message: "this is nested too deeply to be analysed",
      });
      this.whole = false;
    }
  }

  #parsed(file: string, text: string): ParsedFile {
    const known = this.#cache.get(file);
    if (known?.text === text) return known;
    const { program, problems } = parse(text);
    const parsed = { text, program, problems: problems.map((p) => ({ ...p, file })) };
    this.#cache.set(file, parsed);
    return parsed;
  }

  #topLevel(
    node: t.Statement,
    module: Module,
    imports: Map<string, Imported>,
    exports: Map<string, string>,
    relative: Map<string, string>,
  ): void {
    if (node.type === "ImportDeclaration") {
      this.#follow(node.source.value, module, relative);
      for (const s of node.specifiers) {
        if (s.type !== "ImportSpecifier") continue;
        const name = s.imported.type === "Identifier" ? s.imported.name : s.imported.value;
        imports.set(s.local.name, { specifier: node.source.value, name });
      }
    } else if (node.type === "ExportNamedDeclaration") {
      if (node.source) this.#follow(node.source.value, module, relative);
      for (const s of node.specifiers)
        if (s.type === "ExportSpecifier") {
          const name = s.exported.type === "Identifier" ? s.exported.name : s.exported.value;
          exports.set(name, s.local.name);
          if (node.source) imports.set(s.local.name, { specifier: node.source.value, name: s.local.name });
        }
      const declared = node.declaration;
      if (declared && "id" in declared && declared.id?.type === "Identifier")
        exports.set(declared.id.name, declared.id.name);
      if (declared?.type === "VariableDeclaration")
        for (const d of declared.declarations) for (const name of bound(d.id)) exports.set(name, name);
    }
  }

  #follow(specifier: string, module: Module, relative: Map<string, string>): void {
    if (!specifier.startsWith(".")) return;
    const file = findFile(this.#files, module.file, specifier);
    if (file === null) {
      this.whole = false;
      return;
    }
    relative.set(specifier, file.path);
    this.visit(file.path, file.text);
  }

  /** Collects the names that belong to a scope, functions inside, classes, and what is assigned. */
  #walk(node: t.Node, module: Module, names: Set<string>, depth: number): boolean {
    if (depth > MAX_NESTING) throw new TooDeep(node);
    let closes = false;
    for (const child of children(node)) {
      if (child.type === "ImportDeclaration") continue;
      this.#declare(child, module, names);
      if (isFunction(child)) {
        closes = true;
        this.#function(child, module, node, depth + 1);
      } else if (this.#walk(child, module, names, depth + 1)) closes = true;
    }
    return closes;
  }

  #declare(node: t.Node, module: Module, names: Set<string>): void {
    if (node.type === "Identifier") this.#used(node.name, module);
    if (node.type === "VariableDeclarator") for (const name of bound(node.id)) names.add(name);
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier") {
      const type = typeName(node.id.typeAnnotation);
      const known = this.varTypes.get(node.id.name);
      if (type !== undefined)
        this.varTypes.set(node.id.name, known === undefined || known === type ? type : "");
    }
    if (node.type === "FunctionDeclaration" && node.id) names.add(node.id.name);
    if (node.type === "CatchClause") for (const name of bound(node.param ?? null)) names.add(name);
    if (node.type === "ClassDeclaration" || node.type === "ClassExpression") {
      if (node.id) names.add(node.id.name);
      if (node.id) this.classes.set(node.id.name, classInfo(node, node.id.name, module));
    }
    if (node.type === "TSEnumDeclaration") names.add(node.id.name);
    if (node.type === "AssignmentExpression") this.#assigned(node.left);
    if (node.type === "UpdateExpression") this.#assigned(node.argument);
  }

  #used(local: string, module: Module): void {
    const imported = module.imports.get(local);
    if (imported && !imported.specifier.startsWith(".")) this.uses.add(imported.name);
  }

  #assigned(target: t.Node): void {
    for (const name of bound(target)) this.reassigned.add(name);
    if (target.type === "MemberExpression" && target.property.type === "Identifier")
      this.reassigned.add(`.${target.property.name}`);
  }

  #function(node: FunctionNode, module: Module, parent: t.Node, depth: number): void {
    const names = new Set(node.params.flatMap((p) => bound(p)));
    const closes = this.#walk(node, module, names, depth);
    this.functions.set(node, { name: functionName(node, parent), node, module, names, closes });
  }
}

function functionName(node: FunctionNode, parent: t.Node): string {
  if ("id" in node && node.id) return node.id.name;
  if ("key" in node && node.key.type === "Identifier") return node.key.name;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent.type === "ObjectProperty" && parent.key.type === "Identifier") return parent.key.name;
  if (
    parent.type === "AssignmentExpression" &&
    parent.left.type === "MemberExpression" &&
    parent.left.property.type === "Identifier"
  )
    return parent.left.property.name;
  return `function at line ${node.loc!.start.line}`;
}

function classInfo(node: t.Class, name: string, module: Module): ClassInfo {
  const fields = new Map<string, string>();
  for (const member of node.body.body) {
    if (member.type !== "ClassProperty" || member.key.type !== "Identifier") continue;
    const made = member.value?.type === "NewExpression" && member.value.callee.type === "Identifier";
    const type =
      typeName(member.typeAnnotation) ??
      (made ? ((member.value as t.NewExpression).callee as t.Identifier).name : undefined);
    fields.set(member.key.name, type ?? "");
  }
  const base = node.superClass?.type === "Identifier" ? node.superClass.name : null;
  return { name, node, module, base, fields };
}

/** Parses a model and all that it imports; null when there is no such file. */
export function readModel(files: Files, path: string, cache: ParseCache = new Map()): Model | null {
  const text = files.read(path);
  if (text === null) return null;
  const reader = new Reader(files, cache);
  reader.visit(path, text);
  return reader;
}
