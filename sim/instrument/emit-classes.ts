import type * as t from "@babel/types";
import { collectNames, isTypeOnly } from "./analyse.ts";
import type { FnRecord } from "./bindings.ts";
import { declare } from "./emit-declarations.ts";
import { emitExpression } from "./emit-expressions.ts";
import { emitFields, type Field, type InstanceField, isConstant } from "./emit-fields.ts";
import { arity, emitGenerator, enterFrame, inFunction, makeContext, temporaries } from "./emit-functions.ts";
import { inBlock } from "./emit-scopes.ts";
import { emitStatements } from "./emit-statements.ts";
import { type Emitter, quote, safeName } from "./emitter.ts";

/** What is collected while the members of one class are written. */
interface ClassParts {
  readonly id: number;
  /** Text of the class. */
  readonly cls: string;
  readonly name: string;
  readonly derived: boolean;
  /** Generators of the methods, declared before the class. */
  generators: string;
  /** Methods of the native shell. */
  shell: string;
  /** Ties generators to the methods of the shell. */
  stamps: string;
  /** Fields of instances, in order. */
  readonly fields: InstanceField[];
  /** Statements that initialise the class itself, in order. */
  statics: string;
  /** Private names of instances and of the class: members of the classes that install them. */
  privates: string;
  staticPrivates: string;
  /** Variables of the private methods. */
  variables: string[];
}

export function emitClassDeclaration(e: Emitter, node: t.ClassDeclaration): string {
  const tick = e.tick(node);
  const name = node.id?.name ?? "default";
  const value = kept(e, node, emitClass(e, node, name));
  if (!node.id) return `${tick}$default=${value};`;
  const binding = e.scopeOf(node).parent!.lookup(name);
  if (binding !== null) (e.analysis.references as Map<t.Node, unknown>).set(node.id, binding);
  return `${tick}${declare(e, node.id, value, "let")}`;
}

/**
 * A class of the kernel's own is made at the first boot and kept: objects of one class have one shape for the engine, boot
 * after boot. A class whose making runs code of the program is made anew.
 */
function kept(e: Emitter, node: t.ClassDeclaration, value: string): string {
  if (e.options.trusted !== true || e.scopeOf(node).parent !== e.analysis.module.scope) return value;
  if (node.superClass || node.body.body.some(runsCode)) return value;
  const variable = `$K${e.fresh()}`;
  e.hoisted.push(`let ${variable};`);
  return `(${variable}??(${variable}=${value}))`;
}

function runsCode(member: t.ClassBody["body"][number]): boolean {
  if (member.type === "StaticBlock") return true;
  if ("static" in member && member.static && member.type !== "ClassMethod") return true;
  return "computed" in member && member.computed === true;
}

/**
 * A class: a native class keeps all the language says of classes seen from outside; its constructor and methods run
 * the generators beside it. Private names are declared by classes around it, whose constructors only install them on
 * an object that exists already, so that the generators see them as the language scopes them.
 */
export function emitClass(e: Emitter, node: t.Class, name: string): string {
  const outer = e.fn;
  e.fn = { ...outer, free: [], vars: new Set(), temps: 0, self: "$this", arguments: "$args" };
  const id = e.fresh();
  const parts: ClassParts = {
    id,
    cls: `$C${id}`,
    name: node.id?.name ?? name,
    derived: node.superClass != null,
    generators: "",
    shell: "",
    stamps: "",
    fields: [],
    statics: "",
    privates: "",
    staticPrivates: "",
    variables: [],
  };
  if (node.decorators?.length) e.error("decorator", "Decorators are not supported: call the function.", node);
  const heritage = node.superClass ? ` extends (${emitExpression(e, node.superClass)})` : "";
  for (const member of node.body.body) if (!isTypeOnly(member)) emitMemberOf(e, parts, member);
  const construct = emitConstruct(e, parts, node);
  const body = `${temporaries(e)}${parts.generators}${construct.text}const ${parts.cls}=({[${quote(parts.name)}]:class${heritage}{${shellConstructor(parts, node, construct)}${parts.shell}}})[${quote(parts.name)}];${inner(node, parts)}$stampClass(${parts.cls},$n${id});${parts.stamps}${parts.staticPrivates === "" ? "" : `new $Q${id}(${parts.cls});`}${parts.statics}return ${parts.cls};`;
  e.fn = outer;
  return withPrivates(parts, `function*(){${body}}`);
}

function inner(node: t.Class, parts: ClassParts): string {
  return node.id ? `const ${safeName(node.id.name)}=${parts.cls};` : "";
}

function withPrivates(parts: ClassParts, definition: string): string {
  if (parts.privates === "" && parts.staticPrivates === "") return `(yield*(${definition})())`;
  const { id, variables } = parts;
  const instance = `class $P${id} extends $Install{${parts.privates}static{d=${definition}}}`;
  const all =
    parts.staticPrivates === ""
      ? instance
      : `class $Q${id} extends $Install{${parts.staticPrivates}static{${instance}}}`;
  const declared = ["d", ...variables].join(",");
  return `(yield*(()=>{let ${declared};${all}return d})()())`;
}

const parameters = (count: number): string =>
  Array.from({ length: count }, (_, index) => `a${index}`).join(",");

function findConstructor(node: t.Class): t.ClassMethod | null {
  for (const member of node.body.body)
    if (member.type === "ClassMethod" && member.kind === "constructor" && !isTypeOnly(member)) return member;
  return null;
}

/**
 * The native constructor. Called with the allocation token it only makes the object; stores that never run tell the
 * engine how many properties to make room for.
 */
function shellConstructor(parts: ClassParts, node: t.Class, construct: Construct): string {
  const ctor = findConstructor(node);
  const list = ctor ? parameters(arity(ctor)) : "";
  const run = `return $m.runNested($n${parts.id}(new.target,arguments))`;
  if (parts.derived) return `constructor(${list}){${run}}`;
  const stores = construct.text.matchAll(/\$this(?:\.|\[")(\w+)(?:"\])?=(?!=)/g);
  const names = [...new Set(Array.from(stores, (match) => match[1]!))];
  const room = names.map((name) => `this.${name}=0;`).join("");
  return `${construct.native}constructor(${list}){if(arguments[0]===$A)return;${run};${room}}`;
}

/** The resumable constructor `$nN(newTarget, args)`. */
interface Construct {
  readonly text: string;
  /** Fields that the native class makes. */
  readonly native: string;
}

function emitConstruct(e: Emitter, parts: ClassParts, node: t.Class): Construct {
  const { id, derived, cls } = parts;
  const ctor = findConstructor(node);
  const properties = ctor ? parameterProperties(ctor) : [];
  for (const name of [...properties].reverse()) parts.fields.unshift({ node: null, name, key: quote(name) });
  const fields = emitFields(e, parts.fields, {
    name: `${parts.name} (fields)`,
    home: homeOf(parts, false),
    derived,
  });
  const install = parts.privates === "" ? "" : `new $P${id}($this)`;
  const assigns = properties.map((name) => `$this[${quote(name)}]=${safeName(name)}`);
  const start = derived ? "let $this;" : `const $this=$nt===${cls}?new ${cls}($A):$alloc(${cls},$nt);`;
  const apart = fields.text !== "" && (derived || (ctor !== null && clashes(e, ctor, parts.fields)));
  const maker = apart ? `const $f${id}=function${fields.pauses ? "*" : ""}($this){${fields.text}};` : "";
  const called = apart ? `${fields.pauses ? "yield*" : ""}$f${id}($this)` : "";
  const inline = apart || fields.text === "" ? "" : `{${fields.text}}`;
  if (!ctor) {
    const make = derived ? `$this=yield*$construct($protoOf(${cls}),$args,$nt);` : "";
    const text = `${maker}const $n${id}=function*($nt,$args){${start}${make}${install};${called};${inline}return $this};`;
    const simple = !derived && install === "" && fields.text === "" ? `$n${id}.simple=true;` : "";
    return { text: text + simple, native: fields.native };
  }
  const steps = [install, called, ...assigns].filter((step) => step !== "");
  const generator = emitGenerator(e, ctor, {
    name: parts.name,
    home: `${cls}.prototype`,
    ctor: { cls, derived, after: derived ? steps.map((step) => `${step},`).join("") : "" },
    prelude: derived ? "" : `${install};${called};${inline}${assigns.join(";")};`,
  });
  const body = generator.replace("function*($nt,$args){", `function*($nt,$args){${start}`);
  return { text: `${maker}const $n${id}=${body};`, native: fields.native };
}

/** Would names in the fields' values mean something else inside the constructor? */
function clashes(e: Emitter, ctor: t.ClassMethod, fields: readonly InstanceField[]): boolean {
  const names = new Set<string>();
  for (const { node } of fields) if (node?.value) collectNames(node.value, names);
  return [...e.scopeOf(ctor).bindings.keys()].some((name) => names.has(name));
}

function parameterProperties(node: t.ClassMethod): string[] {
  const names: string[] = [];
  for (const param of node.params)
    if (param.type === "TSParameterProperty") {
      const target = param.parameter.type === "AssignmentPattern" ? param.parameter.left : param.parameter;
      names.push((target as t.Identifier).name);
    }
  return names;
}

function emitMemberOf(e: Emitter, parts: ClassParts, member: t.ClassBody["body"][number]): void {
  if ("decorators" in member && member.decorators?.length)
    e.error("decorator", "Decorators are not supported: call the function.", member);
  switch (member.type) {
    case "ClassMethod":
      if (member.kind !== "constructor") emitMethod(e, parts, member);
      return;
    case "ClassPrivateMethod":
      emitPrivateMethod(e, parts, member);
      return;
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty":
      emitField(e, parts, member);
      return;
    case "StaticBlock":
      parts.statics += `yield*(${emitStaticBlock(e, parts, member)}).call(${parts.cls});`;
      return;
  }
}

function homeOf(parts: ClassParts, isStatic: boolean): string {
  return isStatic ? parts.cls : `${parts.cls}.prototype`;
}

/** The name under which the stack shows a member. */
function memberName(parts: ClassParts, key: string, kind: string): string {
  const name = parts.name === "" ? key : `${parts.name}.${key}`;
  return kind === "get" || kind === "set" ? `${kind} ${name}` : name;
}

interface Key {
  /** As written in the shell. */
  readonly literal: string;
  /** Text of its value, repeatable after the class exists. */
  readonly value: string;
  readonly name: string;
}

function keyOf(
  e: Emitter,
  parts: ClassParts,
  node: { key: t.Node; computed?: boolean },
  isField = false,
): Key {
  const { key } = node;
  if (!node.computed) {
    if (key.type === "Identifier")
      return { literal: `[${quote(key.name)}]`, value: quote(key.name), name: key.name };
    if (key.type === "StringLiteral")
      return { literal: `[${quote(key.value)}]`, value: quote(key.value), name: key.value };
    const text = emitExpression(e, key);
    return { literal: `[${text}]`, value: text, name: text };
  }
  const variable = `$x${parts.id}_${e.fresh()}`;
  parts.generators = `let ${variable};${parts.generators}`;
  if (isField) {
    // The key of a field is evaluated where it stands among the others: by a method that is dropped again.
    parts.shell += `static [(${variable}=$key(${emitExpression(e, key)}),"$drop")](){}`;
    parts.stamps += `delete ${parts.cls}.$drop;`;
    return { literal: "", value: variable, name: "[computed]" };
  }
  return { literal: `[${variable}=$key(${emitExpression(e, key)})]`, value: variable, name: "[computed]" };
}

function emitMethod(e: Emitter, parts: ClassParts, node: t.ClassMethod): void {
  const key = keyOf(e, parts, node);
  const twin = `$m${parts.id}_${e.fresh()}`;
  const name = memberName(parts, key.name, node.kind);
  const generator = emitGenerator(e, node, { name, home: homeOf(parts, node.static === true) });
  const target = homeOf(parts, node.static === true);
  const list = node.kind === "set" ? "a0" : parameters(arity(node));
  const prefix = node.static ? "static " : "";
  if (node.generator) {
    parts.generators += `const ${twin}={g:${generator},w:null,m:$m};`;
    parts.shell += `${prefix}${key.literal}(${list}){return $generate(${twin},this,arguments)}`;
    parts.stamps += `$stampGenerator(${target}[${key.value}],${twin});`;
    return;
  }
  parts.generators += `const ${twin}=${generator};`;
  const accessor = node.kind === "get" || node.kind === "set" ? `${node.kind} ` : "";
  parts.shell += `${prefix}${accessor}${key.literal}(${list}){return $m.runNested(${twin}.apply(this,arguments))}`;
  parts.stamps += `$stampMethod(${target},${key.value},"${node.kind}",${twin});`;
}

function emitPrivateMethod(e: Emitter, parts: ClassParts, node: t.ClassPrivateMethod): void {
  const name = node.key.id.name;
  const fn = emitGenerator(e, node, {
    name: memberName(parts, `#${name}`, node.kind),
    home: homeOf(parts, node.static === true),
  });
  const variable = `$v${parts.id}_${e.fresh()}`;
  parts.variables.push(variable);
  const list = node.kind === "set" ? "a0" : parameters(arity(node));
  const accessor = node.kind === "get" || node.kind === "set";
  const member = accessor
    ? `${node.kind} #${name}(${list}){return $m.runNested(${variable}.apply(this,arguments))}`
    : `get #${name}(){return ${variable}}`;
  if (node.static) parts.staticPrivates += member;
  else parts.privates += member;
  if (accessor) parts.generators += `${variable}=${fn};`;
  else if (node.generator)
    parts.generators += `${variable}=(s=>$stampGenerator(({[${quote(`#${name}`)}](${list}){return $generate(s,this,arguments)}})[${quote(`#${name}`)}],s))({g:${fn},w:null,m:$m});`;
  else
    parts.generators += `${variable}=(g=>$stampPlain(({[${quote(`#${name}`)}](${list}){return $m.runNested(g.apply(this,arguments))}})[${quote(`#${name}`)}],g))(${fn});`;
}

function emitField(e: Emitter, parts: ClassParts, node: Field): void {
  if (node.type === "ClassAccessorProperty")
    e.error("unsupported", "`accessor` fields are not supported.", node);
  const isStatic = node.static === true;
  const isPrivate = node.key.type === "PrivateName";
  const key = isPrivate ? null : keyOf(e, parts, node as { key: t.Node; computed?: boolean }, true);
  const name = isPrivate ? `#${(node.key as t.PrivateName).id.name}` : key!.name;
  if (isPrivate) {
    if (isStatic) parts.staticPrivates += `${name};`;
    else parts.privates += `${name};`;
  }
  if (!isStatic) {
    parts.fields.push({ node, name, key: key?.value ?? null });
    return;
  }
  const target = parts.cls;
  const value = emitFieldValue(e, parts, node, name, target);
  parts.statics += isPrivate ? `${target}.${name}=${value};` : `$define(${target},${key!.value},${value});`;
}

function emitFieldValue(e: Emitter, parts: ClassParts, node: Field, name: string, target: string): string {
  if (!node.value) return "undefined";
  if (isConstant(node.value)) return emitExpression(e, node.value);
  return `yield*(${emitInitialiser(e, parts, node, name)}).call(${target})`;
}

function fieldCaptures(record: FnRecord): string {
  return `${record.thisCaptured ? "const $this=this;" : ""}${record.usesNewTarget ? "const $nt=undefined;" : ""}`;
}

/** The initialiser of one field, as a function whose `this` is the object. */
function emitInitialiser(e: Emitter, parts: ClassParts, node: Field, name: string): string {
  const record = e.analysis.functions.get(node)!;
  const home = homeOf(parts, node.static === true);
  const context = makeContext(e, record, { name: memberName(parts, name, "field"), home }, node);
  return inFunction(e, context, () => {
    const enter = enterFrame(e, record);
    const tick = e.tick(node);
    const value = emitExpression(e, node.value!, name === "[computed]" ? "" : name);
    const self = fieldCaptures(record);
    return `function*(){${temporaries(e)}${self}${enter}${tick}const $r=${value};$m.top=$F.parent;return $r}`;
  });
}

function emitStaticBlock(e: Emitter, parts: ClassParts, node: t.StaticBlock): string {
  const record = e.analysis.functions.get(node)!;
  const context = makeContext(
    e,
    record,
    { name: memberName(parts, "static", "block"), home: parts.cls },
    node,
  );
  return inFunction(e, context, () => {
    const enter = enterFrame(e, record);
    const body = inBlock(e, node, node.body, () => emitStatements(e, node.body));
    const self = fieldCaptures(record);
    return `function*(){${temporaries(e)}${self}${enter}${body}$m.top=$F.parent}`;
  });
}
