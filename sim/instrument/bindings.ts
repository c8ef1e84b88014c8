import type * as t from "@babel/types";
import type { VariableInfo } from "./monitor.ts";

export type BindingKind =
  | "param"
  | "let"
  | "const"
  | "var"
  | "function"
  | "class"
  | "import"
  | "catch"
  | "self"
  | "enum"
  | "namespace";

/** One variable of the program. */
export class Binding {
  /** Written to after its declaration. */
  assigned = false;
  /** Used by a function nested in the one that declares it. */
  captured = false;
  /** How many times it is declared (`var` and functions may repeat). */
  declarations = 1;
  /** References as a value (types do not count). */
  uses = 0;
  /** Of these, in `export { name }`. */
  passedOn = 0;
  /** The only function this binding ever holds: calls of it need no dispatch. */
  target: t.Function | null = null;
  /** For imports: specifier and imported name (`*` is the namespace). */
  from: { readonly specifier: string; readonly name: string } | null = null;
  /** May be read before it is initialised (module level, where the language's own check is lost). */
  unsafe = false;
  /** Text that reads an exported member of a TypeScript namespace. */
  member: string | null = null;
  /** The literal a constant of the module holds. */
  literal: string | null = null;
  /** Exported by an earlier block of the same TypeScript namespace. */
  inherited = false;
  constructor(
    readonly name: string,
    readonly kind: BindingKind,
    readonly scope: Scope,
  ) {}

  get constant(): boolean {
    return (
      this.kind === "const" ||
      this.kind === "import" ||
      this.kind === "self" ||
      (this.kind === "class" && this.scope.kind === "class") ||
      this.kind === "enum" ||
      this.kind === "namespace"
    );
  }

  /** Several contexts may see it change: its loads and stores are scheduling points. */
  get shared(): boolean {
    return this.assigned && !this.constant && (this.captured || this.scope.kind === "module");
  }

  get shown(): VariableInfo["kind"] {
    if (this.kind === "catch") return "let";
    if (this.kind === "self") return "function";
    if (this.kind === "enum" || this.kind === "namespace") return "const";
    return this.kind;
  }
}

export type ScopeKind = "module" | "function" | "block" | "class" | "namespace" | "enum";

export class Scope {
  readonly bindings = new Map<string, Binding>();
  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | null,
    readonly fn: FnRecord,
    readonly node: t.Node,
  ) {}

  lookup(name: string): Binding | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found = scope.bindings.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }
}

/** What the analysis learns of one function (or of the module's top level). */
export class FnRecord {
  usesThis = false;
  thisCaptured = false;
  usesArguments = false;
  argumentsCaptured = false;
  usesNewTarget = false;
  /** Variables of enclosing functions (not of the module) that it uses. */
  readonly closure = new Set<Binding>();
  scope!: Scope;
  constructor(
    readonly node: t.Node,
    readonly parent: FnRecord | null,
    readonly arrow: boolean,
  ) {}

  /** The function whose `this` is seen here. */
  get home(): FnRecord {
    let record: FnRecord = this;
    while (record.arrow && record.parent !== null) record = record.parent;
    return record;
  }
}
