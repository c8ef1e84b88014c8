import type * as t from "@babel/types";
import { Binding, type BindingKind, FnRecord, Scope } from "./bindings.ts";

/** All that the emitter must know before it writes the first line. */
export interface Analysis {
  readonly scopes: ReadonlyMap<t.Node, Scope>;
  readonly functions: ReadonlyMap<t.Node, FnRecord>;
  readonly references: ReadonlyMap<t.Node, Binding | null>;
  readonly module: FnRecord;
  /** Names of accessors declared anywhere in the module. */
  readonly accessors: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  /** Array patterns whose iterator must be closed when a default or a target throws. */
  readonly guarded: ReadonlySet<t.Node>;
}

interface Reference {
  readonly node: t.Identifier | t.JSXIdentifier;
  readonly scope: Scope;
  readonly fn: FnRecord;
  readonly write: boolean;
  readonly exported: boolean;
}

const SKIPPED = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "returnType",
  "superTypeParameters",
  "implements",
  "predicate",
  "decorators",
  "loc",
  "extra",
  "leadingComments",
  "trailingComments",
  "innerComments",
]);

function isNode(value: unknown): value is t.Node {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

/** The child nodes that take part in evaluation, in source order. */
export function children(node: t.Node): t.Node[] {
  const found: t.Node[] = [];
  for (const key of Object.keys(node)) {
    if (SKIPPED.has(key)) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) found.push(item);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

/** Is the statement or member only there for the type checker? */
export function isTypeOnly(node: t.Node): boolean {
  if ((node as { declare?: boolean | null }).declare) return true;
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSDeclareMethod":
    case "TSIndexSignature":
    case "TSNamespaceExportDeclaration":
      return true;
    case "ClassMethod":
    case "ClassProperty":
      return node.abstract === true;
    case "TSModuleDeclaration":
      return node.body === undefined || !namespaceHasValues(node);
    case "ExportNamedDeclaration":
      return node.exportKind === "type" || (node.declaration != null && isTypeOnly(node.declaration));
    case "ExportDefaultDeclaration":
      return isTypeOnly(node.declaration);
    case "ExportAllDeclaration":
      return node.exportKind === "type";
    default:
      return false;
  }
}

function namespaceHasValues(node: t.TSModuleDeclaration): boolean {
  const body = node.body as t.TSModuleBlock | t.TSModuleDeclaration;
  if (body.type === "TSModuleDeclaration") return namespaceHasValues(body);
  return body.body.some((statement) => !isTypeOnly(statement));
}

/** Names that a pattern binds. */
export function boundNames(pattern: t.Node, into: t.Identifier[] = []): t.Identifier[] {
  switch (pattern.type) {
    case "Identifier":
      into.push(pattern);
      break;
    case "ObjectPattern":
      for (const property of pattern.properties)
        boundNames(property.type === "RestElement" ? property.argument : property.value, into);
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) boundNames(element, into);
      break;
    case "AssignmentPattern":
      boundNames(pattern.left, into);
      break;
    case "RestElement":
      boundNames(pattern.argument, into);
      break;
    case "TSParameterProperty":
      boundNames(pattern.parameter, into);
      break;
  }
  return into;
}

/** Do the parameters' expressions name something that the body declares as `var` or function? */
function separates(node: t.Function, body: t.BlockStatement): boolean {
  const params = node.params.filter((param) => param.type !== "Identifier");
  if (params.length === 0) return false;
  const named = new Set<string>();
  const expressions = params.some((param) => collectNames(param, named));
  if (!expressions) return false;
  for (const param of node.params) collectNames(param, named);
  return hoistedNames(body).some((name) => named.has(name));
}

/** Gathers every identifier below; is there an expression among the patterns? */
export function collectNames(node: t.Node, into: Set<string>): boolean {
  let found = node.type === "AssignmentPattern" || (node.type === "ObjectProperty" && node.computed);
  if (node.type === "Identifier") into.add(node.name);
  for (const child of children(node)) if (collectNames(child, into)) found = true;
  return found;
}

function hoistedNames(body: t.BlockStatement): string[] {
  const names = body.body.flatMap((statement) =>
    statement.type === "FunctionDeclaration" && !isTypeOnly(statement) ? declaredNames(statement) : [],
  );
  const walk = (node: t.Node): void => {
    if (isFunctionNode(node) || node.type === "ClassBody" || node.type === "StaticBlock") return;
    if (node.type === "VariableDeclaration" && node.kind === "var") names.push(...declaredNames(node));
    for (const child of children(node)) walk(child);
  };
  walk(body);
  return names;
}

/** May the program's own code run, or fail, when an element of a pattern takes its value? */
function mayThrow(element: t.Node): boolean {
  switch (element.type) {
    case "Identifier":
      return false;
    case "RestElement":
      return element.argument.type !== "Identifier";
    case "AssignmentPattern":
      return mayThrow(element.left) || !isLiteral(element.right);
    default:
      return true;
  }
}

function isLiteral(node: t.Node): boolean {
  if (node.type === "UnaryExpression") return node.operator === "-" && isLiteral(node.argument);
  if (node.type === "ArrayExpression") return node.elements.length === 0;
  return /^(Numeric|String|Boolean|Null|BigInt)Literal$/.test(node.type) || isFunctionValue(node);
}

/** Names that a declaration declares. */
export function declaredNames(node: t.Node): string[] {
  if (node.type === "VariableDeclaration")
    return node.declarations.flatMap((declarator) => boundNames(declarator.id).map((id) => id.name));
  const id = (node as { id?: t.Node | null }).id;
  return id?.type === "Identifier" ? [id.name] : [];
}

class Analyser {
  readonly scopes = new Map<t.Node, Scope>();
  readonly functions = new Map<t.Node, FnRecord>();
  readonly references = new Map<t.Node, Binding | null>();
  readonly accessors = new Set<string>();
  readonly types = new Set<string>();
  readonly guarded = new Set<t.Node>();
  private readonly pending: Reference[] = [];
  private readonly exported = new Map<Binding, Set<string>>();
  private scope!: Scope;
  private fn!: FnRecord;
  /** Inside text that is emitted into a helper function of its own (class heads, namespaces). */
  private displaced = 0;

  run(program: t.Program): Analysis {
    const module = new FnRecord(program, null, false);
    this.fn = module;
    this.scope = module.scope = new Scope("module", null, module, program);
    this.scopes.set(program, this.scope);
    this.functions.set(program, module);
    this.hoistVars(program);
    this.declareAll(program.body);
    for (const statement of program.body) this.visit(statement);
    this.resolve();
    return { ...this.tables(), module };
  }

  private tables(): Omit<Analysis, "module"> {
    const { scopes, functions, references, accessors, types, guarded } = this;
    return { scopes, functions, references, accessors, types, guarded };
  }

  private resolve(): void {
    for (const { node, scope, fn, write, exported } of this.pending) {
      const binding = scope.lookup(node.name);
      this.references.set(node, binding);
      if (binding === null) continue;
      binding.uses++;
      if (exported) binding.passedOn++;
      if (write) binding.assigned = true;
      if (binding.scope.fn === fn) continue;
      binding.captured = true;
      if (binding.scope.kind === "module") continue;
      for (
        let inner: FnRecord | null = fn;
        inner !== null && inner !== binding.scope.fn;
        inner = inner.parent
      )
        inner.closure.add(binding);
    }
    for (const scope of this.scopes.values())
      for (const binding of scope.bindings.values())
        if (binding.assigned || binding.declarations > 1) binding.target = null;
  }

  // ---- declarations

  private declare(name: string, kind: BindingKind, scope = this.scope): Binding {
    const known = scope.bindings.get(name);
    if (known !== undefined) {
      known.declarations++;
      if (known.kind === kind || known.kind === "param" || kind === "namespace") return known;
      if (kind === "var") return known;
    }
    const binding = new Binding(name, kind, scope);
    if (known !== undefined) binding.declarations = known.declarations;
    scope.bindings.set(name, binding);
    return binding;
  }

  /** Declares what the statements of one block declare, before any of them is visited. */
  private declareAll(statements: readonly t.Node[]): void {
    for (const statement of statements) this.declareStatement(statement);
  }

  private declareStatement(node: t.Node): void {
    switch (node.type) {
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
        this.types.add(node.id.name);
        return;
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        if (node.declaration != null) this.declareStatement(node.declaration);
        return;
      case "ImportDeclaration":
        this.declareImport(node);
        return;
      case "TSImportEqualsDeclaration":
        this.declare(node.id.name, "const");
        return;
    }
    if (isTypeOnly(node)) {
      const id = (node as { id?: t.Node | null }).id;
      if (id?.type === "Identifier") this.types.add(id.name);
      return;
    }
    switch (node.type) {
      case "VariableDeclaration":
        if (node.kind !== "var") this.declareVariables(node, this.scope);
        return;
      case "FunctionDeclaration":
        if (node.id) {
          const binding = this.declare(node.id.name, "function");
          binding.target = node;
        }
        return;
      case "ClassDeclaration":
        if (node.id) this.declare(node.id.name, "class");
        return;
      case "TSEnumDeclaration":
        this.declare(node.id.name, "enum");
        return;
      case "TSModuleDeclaration":
        if (node.id.type === "Identifier") this.declare(node.id.name, "namespace");
        return;
      case "LabeledStatement":
        this.declareStatement(node.body);
        return;
    }
  }

  private declareVariables(node: t.VariableDeclaration, scope: Scope): void {
    const kind = node.kind === "var" ? "var" : node.kind === "let" ? "let" : "const";
    for (const declarator of node.declarations)
      for (const id of boundNames(declarator.id)) {
        const binding = this.declare(id.name, kind, scope);
        const init = declarator.init;
        const anonymous = init && isFunctionValue(init) && !(init.type === "FunctionExpression" && init.id);
        if (
          kind === "const" &&
          declarator.id === id &&
          init?.type === "NumericLiteral" &&
          scope.kind === "module"
        )
          binding.literal = String(init.value);
        if (kind === "const" && declarator.id === id && anonymous) binding.target = init;
      }
  }

  private declareImport(node: t.ImportDeclaration): void {
    if (node.importKind === "type" || node.importKind === "typeof") {
      for (const specifier of node.specifiers) this.types.add(specifier.local.name);
      return;
    }
    for (const specifier of node.specifiers) {
      if (specifier.type === "ImportSpecifier" && specifier.importKind === "type") {
        this.types.add(specifier.local.name);
        continue;
      }
      const binding = this.declare(specifier.local.name, "import");
      binding.from = { specifier: node.source.value, name: importedName(specifier) };
    }
  }

  // ---- walking

  private inScope(kind: Scope["kind"], node: t.Node, body: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(kind, outer, this.fn, node);
    this.scopes.set(node, this.scope);
    body();
    this.scope = outer;
  }

  private inFunction(node: t.Node, arrow: boolean, body: () => void): void {
    const [fn, scope, displaced] = [this.fn, this.scope, this.displaced];
    this.fn = new FnRecord(node, fn, arrow);
    this.fn.scope = this.scope = new Scope("function", scope, this.fn, node);
    this.displaced = arrow ? displaced : 0;
    this.functions.set(node, this.fn);
    this.scopes.set(node, this.scope);
    body();
    this.fn = fn;
    this.scope = scope;
    this.displaced = displaced;
  }

  private reference(node: t.Identifier, write = false, exported = false): void {
    if (node.name === "arguments" && this.scope.lookup("arguments") === null) {
      const home = this.fn.home;
      home.usesArguments = true;
      if (home !== this.fn || this.displaced > 0) home.argumentsCaptured = true;
    }
    this.pending.push({ node, scope: this.scope, fn: this.fn, write, exported });
  }

  private useThis(): void {
    const home = this.fn.home;
    home.usesThis = true;
    this.fn.usesThis = true;
    if (home !== this.fn || this.displaced > 0) home.thisCaptured = true;
  }

  private visitFunction(node: t.Function): void {
    const arrow = node.type === "ArrowFunctionExpression";
    this.inFunction(node, arrow, () => {
      const id = node.type === "FunctionExpression" ? node.id : null;
      for (const parameter of node.params) {
        if (parameter.type === "Identifier" && parameter.name === "this") continue;
        for (const name of boundNames(parameter)) this.declare(name.name, "param");
      }
      if (id && !this.scope.bindings.has(id.name)) {
        const self = this.declare(id.name, "self");
        self.target = node;
      }
      for (const parameter of node.params) {
        if (parameter.type === "Identifier" && parameter.name === "this") continue;
        this.visitPattern(parameter.type === "TSParameterProperty" ? parameter.parameter : parameter, true);
      }
      const body = node.body;
      if (body.type !== "BlockStatement") this.visit(body);
      else if (separates(node, body)) this.visitSeparateBody(body);
      else {
        // A declaration in the body hides the name of a function expression.
        const self = id ? this.scope.bindings.get(id.name) : undefined;
        if (self?.kind === "self") this.scope.bindings.delete(self.name);
        this.hoistVars(body);
        this.declareAll(body.body);
        if (self?.kind === "self" && !this.scope.bindings.has(self.name))
          this.scope.bindings.set(self.name, self);
        for (const statement of body.body) this.visit(statement);
      }
    });
  }

  /** The body's own variables are not those that closures of the parameters see. */
  private visitSeparateBody(body: t.BlockStatement): void {
    this.inScope("block", body, () => {
      this.hoistVars(body);
      this.declareAll(body.body);
      for (const binding of this.scope.bindings.values())
        if (binding.kind !== "var" && binding.kind !== "function") binding.unsafe = true;
      for (const statement of body.body) this.visit(statement);
    });
  }

  /** Declares every `var` below, however deep, in the function's scope. */
  private hoistVars(node: t.Node): void {
    for (const child of children(node)) {
      if (isFunctionNode(child) || child.type === "StaticBlock") continue;
      if (child.type.startsWith("Class")) {
        if (child.type === "ClassBody") continue;
      }
      if (child.type === "VariableDeclaration" && child.kind === "var" && !child.declare)
        this.declareVariables(child, this.scope);
      if (child.type !== "TSModuleDeclaration") this.hoistVars(child);
    }
  }

  /** A pattern: names it binds are references that (unless they declare) write. */
  private visitPattern(node: t.Node, declares: boolean): void {
    switch (node.type) {
      case "Identifier":
        if (declares) this.references.set(node, this.scope.lookup(node.name));
        else this.reference(node, true);
        return;
      case "ObjectPattern":
        for (const property of node.properties) {
          if (property.type === "RestElement") this.visitPattern(property.argument, declares);
          else {
            if (property.computed) this.visit(property.key);
            this.visitPattern(property.value, declares);
          }
        }
        return;
      case "ArrayPattern":
        this.visitArrayPattern(node, declares);
        return;
      case "AssignmentPattern":
        this.visitPattern(node.left, declares);
        this.visit(node.right);
        return;
      case "RestElement":
        this.visitPattern(node.argument, declares);
        return;
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
      case "ParenthesizedExpression":
        this.visitPattern(node.expression, declares);
        return;
      default:
        this.visit(node);
    }
  }

  /**
   * If taking an element may throw, the steps stand in a `try`: declarations are made before it, so that their names
   * need checks; assignments stand in a generator of their own.
   */
  private visitArrayPattern(node: t.ArrayPattern, declares: boolean): void {
    const guarded = node.elements.some((element) => element !== null && mayThrow(element));
    if (guarded) {
      this.guarded.add(node);
      if (declares)
        for (const { name } of boundNames(node)) {
          const binding = this.scope.lookup(name);
          if (binding?.kind === "let" || binding?.kind === "const") binding.unsafe = true;
        }
      else this.displaced++;
    }
    for (const element of node.elements) if (element) this.visitPattern(element, declares);
    if (guarded && !declares) this.displaced--;
  }

  private visitObject(node: t.ObjectExpression): void {
    const methods = node.properties.some((property) => property.type === "ObjectMethod");
    if (methods) this.displaced++;
    for (const property of node.properties) this.visit(property);
    if (methods) this.displaced--;
  }

  private visitClass(node: t.Class): void {
    this.displaced++;
    this.inScope("class", node, () => {
      if (node.id) this.declare(node.id.name, "class");
      if (node.superClass) this.visit(node.superClass);
      for (const member of node.body.body) {
        if (isTypeOnly(member)) continue;
        if ("computed" in member && member.computed && "key" in member) this.visit(member.key as t.Node);
      }
      for (const member of node.body.body) if (!isTypeOnly(member)) this.visitMember(member);
    });
    this.displaced--;
  }

  private visitMember(member: t.ClassBody["body"][number]): void {
    switch (member.type) {
      case "ClassMethod":
      case "ClassPrivateMethod":
        if (member.kind === "get" || member.kind === "set") this.noteAccessor(member);
        this.visitFunction(member as unknown as t.Function);
        return;
      case "ClassProperty":
      case "ClassPrivateProperty":
      case "ClassAccessorProperty": {
        const value = member.value;
        if (value) this.inFunction(member, false, () => this.visit(value));
        return;
      }
      case "StaticBlock":
        this.inFunction(member, false, () => {
          this.hoistVars(member);
          this.declareAll(member.body);
          for (const statement of member.body) this.visit(statement);
        });
    }
  }

  private noteAccessor(node: { key: t.Node; computed?: boolean }): void {
    if (!node.computed && node.key.type === "Identifier") this.accessors.add(node.key.name);
    if (node.key.type === "StringLiteral") this.accessors.add(node.key.value);
  }

  private visitNamespace(node: t.TSModuleDeclaration): void {
    const body = node.body;
    this.displaced++;
    this.inScope("namespace", node, () => {
      if (body.type === "TSModuleDeclaration") {
        this.declareStatement(body);
        this.visit(body as t.Node);
        return;
      }
      const statements = (body as t.TSModuleBlock).body;
      this.inheritExports(node, statements);
      this.hoistVars(body as t.Node);
      this.declareAll(statements);
      for (const statement of statements) this.visit(statement);
    });
    this.displaced--;
  }

  /** Blocks of one namespace see each other's exports. */
  private inheritExports(node: t.TSModuleDeclaration, statements: readonly t.Node[]): void {
    const owner = node.id.type === "Identifier" ? this.scope.parent!.lookup(node.id.name) : null;
    if (owner === null) return;
    const known = this.exported.get(owner) ?? new Set<string>();
    this.exported.set(owner, known);
    for (const name of known) this.declare(name, "let").inherited = true;
    for (const statement of statements) {
      if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) continue;
      if (!isTypeOnly(statement.declaration))
        for (const name of declaredNames(statement.declaration)) known.add(name);
    }
  }

  private visitBlock(node: t.Node, statements: readonly t.Node[]): void {
    this.inScope("block", node, () => {
      this.declareAll(statements);
      for (const statement of statements) this.visit(statement);
    });
  }

  private visitLoop(node: t.Node): void {
    this.inScope("block", node, () => {
      const head =
        node.type === "ForStatement"
          ? node.init
          : node.type === "ForOfStatement" || node.type === "ForInStatement"
            ? node.left
            : null;
      if (head?.type === "VariableDeclaration" && head.kind !== "var")
        this.declareVariables(head, this.scope);
      if (
        (node.type === "ForOfStatement" || node.type === "ForInStatement") &&
        head?.type !== "VariableDeclaration"
      ) {
        this.visitPattern(node.left, false);
        this.visit(node.right);
        this.visit(node.body);
        return;
      }
      for (const child of children(node)) this.visit(child);
    });
  }

  private visit(node: t.Node): void {
    if (isTypeOnly(node)) return;
    switch (node.type) {
      case "Identifier":
        this.reference(node);
        return;
      case "ThisExpression":
      case "Super":
        this.useThis();
        return;
      case "MetaProperty":
        this.fn.home.usesNewTarget = true;
        return;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "ObjectMethod":
        if (node.type === "ObjectMethod") {
          if (node.computed) this.visit(node.key);
          if (node.kind !== "method") this.noteAccessor(node);
        }
        this.visitFunction(node);
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        this.visitClass(node);
        return;
      case "ObjectExpression":
        this.visitObject(node);
        return;
      case "BlockStatement":
        this.visitBlock(node, node.body);
        return;
      case "SwitchStatement":
        this.visit(node.discriminant);
        this.inScope("block", node, () => {
          for (const clause of node.cases) this.declareAll(clause.consequent);
          for (const clause of node.cases) for (const child of children(clause)) this.visit(child);
        });
        return;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        this.visitLoop(node);
        return;
      case "CatchClause":
        this.inScope("block", node, () => {
          if (node.param) {
            for (const id of boundNames(node.param)) this.declare(id.name, "catch");
            this.visitPattern(node.param, true);
          }
          this.visit(node.body);
        });
        return;
      case "VariableDeclaration":
        for (const declarator of node.declarations) {
          this.visitPattern(declarator.id, true);
          if (declarator.init) this.visit(declarator.init);
        }
        return;
      case "AssignmentExpression":
        // An array literal is no iterator that could be closed.
        if (node.left.type === "ArrayPattern" && node.right.type === "ArrayExpression")
          for (const element of node.left.elements) {
            if (element) this.visitPattern(element, false);
          }
        else this.visitPattern(node.left, false);
        this.visit(node.right);
        return;
      case "UpdateExpression":
        this.visitPattern(node.argument, false);
        return;
      case "MemberExpression":
      case "OptionalMemberExpression":
        this.visit(node.object);
        if (node.computed) this.visit(node.property);
        return;
      case "ObjectProperty":
        if (node.computed) this.visit(node.key);
        this.visit(node.value);
        return;
      case "LabeledStatement":
        this.visit(node.body);
        return;
      case "BreakStatement":
      case "ContinueStatement":
      case "ImportDeclaration":
      case "PrivateName":
      case "ExportAllDeclaration":
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) this.visit(node.declaration);
        else if (!node.source)
          for (const specifier of node.specifiers)
            if (specifier.type === "ExportSpecifier" && specifier.exportKind !== "type")
              this.reference(specifier.local, false, true);
        return;
      case "TSEnumDeclaration":
        this.visitEnum(node);
        return;
      case "TSModuleDeclaration":
        this.visitNamespace(node);
        return;
      case "TSImportEqualsDeclaration":
        this.references.set(node.id, this.scope.lookup(node.id.name));
        this.visitEntity(node.moduleReference);
        return;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
        this.visit(node.expression);
        return;
      default:
        for (const child of children(node)) this.visit(child);
    }
  }

  private visitEntity(node: t.Node): void {
    if (node.type === "Identifier") this.reference(node);
    if (node.type === "TSQualifiedName") this.visitEntity(node.left);
  }

  private visitEnum(node: t.TSEnumDeclaration): void {
    this.references.set(node.id, this.scope.lookup(node.id.name));
    this.inScope("enum", node, () => {
      for (const member of enumMembers(node)) {
        const name = member.id.type === "Identifier" ? member.id.name : member.id.value;
        const binding = this.declare(name, "const");
        binding.member = name;
      }
      for (const member of enumMembers(node)) if (member.initializer) this.visit(member.initializer);
    });
  }
}

export function enumMembers(node: t.TSEnumDeclaration): readonly t.TSEnumMember[] {
  return node.members ?? node.body?.members ?? [];
}

export function importedName(
  specifier: t.ImportSpecifier | t.ImportDefaultSpecifier | t.ImportNamespaceSpecifier,
): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
}

export function isFunctionNode(node: t.Node): node is t.Function {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassPrivateMethod":
      return true;
    default:
      return false;
  }
}

export function isFunctionValue(node: t.Node): node is t.FunctionExpression | t.ArrowFunctionExpression {
  return node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";
}

export function analyse(program: t.Program): Analysis {
  return new Analyser().run(program);
}
