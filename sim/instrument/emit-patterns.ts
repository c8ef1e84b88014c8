import type * as t from "@babel/types";
import { boundNames } from "./analyse.ts";
import { emitExpression } from "./emit-expressions.ts";
import { temporaries } from "./emit-functions.ts";
import { place, pointAt, store, unwrap } from "./emit-members.ts";
import { bindingText, propertyText, writeIdentifier } from "./emit-references.ts";
import { type Emitter, quote, safeName } from "./emitter.ts";
import { LOAD, STORE } from "./monitor.ts";

/** One step of taking a pattern apart: something to evaluate, perhaps bound to a name. */
export interface Step {
  /** The declared name, or null for an evaluation only. */
  readonly bind: t.Identifier | null;
  readonly text: string;
  /** The name takes its value in a later step. */
  readonly early?: boolean;
}

type Sink = (step: Step) => void;

/** How a leaf of the pattern takes its value. */
interface Mode {
  readonly declares: boolean;
  /** The names are declared already: they are assigned, also constant ones. */
  readonly declared?: boolean;
  readonly sink: Sink;
  readonly temps: string[];
}

/** Steps that declare the names of `pattern` from `value` (text that may be repeated). */
export function declareSteps(e: Emitter, pattern: t.Node, value: string): Step[] {
  const steps: Step[] = [];
  const temps: string[] = [];
  take(e, pattern, value, { declares: true, sink: (step) => steps.push(step), temps });
  e.release(...temps);
  return steps;
}

/** Text (ending in a comma) that assigns the parts of `value` to the targets of `pattern`. */
export function assignPattern(e: Emitter, pattern: t.Node, value: string): string {
  let text = "";
  const temps: string[] = [];
  const sink: Sink = (step) => {
    text += `${step.text},`;
  };
  take(e, pattern, value, { declares: false, sink, temps });
  e.release(...temps);
  return text;
}

function keep(e: Emitter, mode: Mode, value: string): string {
  const temp = e.temp();
  mode.temps.push(temp);
  mode.sink({ bind: null, text: `${temp}=${value}` });
  return temp;
}

function take(e: Emitter, pattern: t.Node, value: string, mode: Mode): void {
  const node = unwrap(pattern);
  switch (node.type) {
    case "Identifier":
      if (mode.declared) mode.sink({ bind: null, text: `${boundText(e, node)}=${value}` });
      else if (mode.declares) mode.sink({ bind: node, text: value });
      else mode.sink({ bind: null, text: writeIdentifier(e, node, value) });
      return;
    case "MemberExpression":
      takeMember(e, node, mode, () => value);
      return;
    case "AssignmentPattern": {
      const target = unwrap(node.left);
      if (!mode.declares && target.type === "MemberExpression") {
        takeMember(e, target, mode, () => {
          const temp = keep(e, mode, value);
          return `(${temp}===undefined?${emitExpression(e, node.right)}:${temp})`;
        });
        return;
      }
      const temp = keep(e, mode, value);
      const name = node.left.type === "Identifier" ? node.left.name : "";
      take(e, node.left, `(${temp}===undefined?${emitExpression(e, node.right, name)}:${temp})`, mode);
      return;
    }
    case "ObjectPattern":
      takeObject(e, node, value, mode);
      return;
    case "ArrayPattern":
      takeArray(e, node, value, mode);
      return;
    case "TSParameterProperty":
      take(e, node.parameter, value, mode);
      return;
    default:
      e.error("syntax", "This cannot be assigned to.", node);
  }
}

/** A property as target: object and key are evaluated before the value is fetched. */
function takeMember(e: Emitter, node: t.MemberExpression, mode: Mode, value: () => string): void {
  const at = place(e, node);
  if (at.setup !== "") mode.sink({ bind: null, text: at.setup.slice(0, -1) });
  const text = value();
  const temp = e.temp();
  mode.sink({ bind: null, text: `${temp}=${text},${pointAt(e, at, node, STORE)}${store(e, at, temp)}` });
  e.release(temp, ...at.temps);
}

function takeObject(e: Emitter, node: t.ObjectPattern, value: string, mode: Mode): void {
  const head = node.properties[0];
  const named = head?.type === "ObjectProperty" && !head.computed && head.key.type === "Identifier";
  const first = named ? `,${quote((head.key as t.Identifier).name)}` : "";
  const source = keep(e, mode, `$object(${value}${first})`);
  const taken: string[] = [];
  const hasRest = node.properties.at(-1)?.type === "RestElement";
  for (const property of node.properties) {
    if (property.type === "RestElement") {
      take(
        e,
        property.argument,
        `(${e.point(property, source, "undefined", LOAD)}$rest(${source},[${taken.join(",")}]))`,
        mode,
      );
      continue;
    }
    const [access, key] = propertyKey(e, property, mode, hasRest);
    taken.push(key);
    take(e, property.value, readProperty(e, source, access, key, property, mode), mode);
  }
}

function readProperty(
  e: Emitter,
  source: string,
  access: string,
  key: string,
  node: t.ObjectProperty,
  mode: Mode,
): string {
  const point = e.point(node, source, key, LOAD);
  const named = key.startsWith('"') && e.accessors.has(JSON.parse(key) as string);
  if (!named) return `(${point}${source}${access})`;
  // The text is evaluated after the target's: its temporary must not be one of the target's.
  const temp = e.temp();
  mode.temps.push(temp);
  return `(${point}(${temp}=$getter(${source},${key}))!==undefined?yield*${temp}.call(${source}):${source}${access})`;
}

function propertyKey(e: Emitter, property: t.ObjectProperty, mode: Mode, hasRest: boolean): [string, string] {
  const { key } = property;
  if (!property.computed && key.type === "Identifier") return [propertyText(key.name), quote(key.name)];
  if (!property.computed && key.type === "StringLiteral") return [`[${quote(key.value)}]`, quote(key.value)];
  const text = emitExpression(e, key);
  const temp = keep(e, mode, hasRest ? `$key(${text})` : text);
  return [`[${temp}]`, temp];
}

function boundText(e: Emitter, id: t.Identifier): string {
  const binding = e.binding(id);
  return binding === null ? safeName(id.name) : bindingText(e, binding);
}

function takeArray(e: Emitter, node: t.ArrayPattern, value: string, mode: Mode): void {
  const cursor = keep(e, mode, `${value}`);
  mode.sink({ bind: null, text: `${cursor}=$list(${cursor})??(yield*$open(${cursor}))` });
  if (!e.analysis.guarded.has(node)) {
    takeElements(e, node, cursor, mode);
    mode.sink({ bind: null, text: `${cursor}.closes?yield*$finish(${cursor}):0` });
  } else if (mode.declares) guardDeclarations(e, node, cursor, mode);
  else mode.sink({ bind: null, text: guardAssignments(e, node, cursor) });
}

/** Declares the names first; then the elements are taken in a `try` that closes the iterator. */
function guardDeclarations(e: Emitter, node: t.ArrayPattern, cursor: string, mode: Mode): void {
  if (!mode.declared)
    for (const id of boundNames(node)) {
      const checked = e.binding(id)?.unsafe === true;
      mode.sink({ bind: id, text: checked ? "$T" : "undefined", early: true });
    }
  mode.sink({ bind: null, text: guard(e, node, cursor, { ...mode, declared: true }) });
}

/** The same in an expression: a generator of its own. */
function guardAssignments(e: Emitter, node: t.ArrayPattern, cursor: string): string {
  const outer = e.fn;
  const parameter = `$c${e.fresh()}`;
  e.fn = { ...outer, free: [], vars: new Set(), temps: 0, self: "$this", arguments: "$args" };
  const text = guard(e, node, parameter, { declares: false, temps: [], sink: () => {} });
  const declared = temporaries(e);
  e.fn = outer;
  return `yield*(function*(${parameter}){${declared}${text}})(${cursor})`;
}

function guard(e: Emitter, node: t.ArrayPattern, cursor: string, mode: Mode): string {
  const [open, top] = [e.temp(), e.temp()];
  let steps = "";
  const sink: Sink = (step) => {
    steps += `${step.text};`;
  };
  const temps: string[] = [];
  takeElements(e, node, cursor, { ...mode, sink, temps });
  e.release(...temps, open, top);
  const signal = e.fn.delegates ? "&&!($e instanceof $R)" : "";
  const failed = `catch($e){${top}=$m.top;$m.top=$F;if(${open}${signal}){${open}=false;if(!($e instanceof $U))yield*$abandon(${cursor});}$m.top=${top};throw $e}`;
  const finished = `finally{if(${open}){${top}=$m.top;$m.top=$F;yield*$finish(${cursor});$m.top=${top};}}`;
  return `${open}=${cursor}.closes;try{${steps}}${failed}${finished}`;
}

function takeElements(e: Emitter, node: t.ArrayPattern, cursor: string, mode: Mode): void {
  const next = `(${cursor}.native?${cursor}.take():yield*$take(${cursor}))`;
  for (const element of node.elements) {
    if (element === null) {
      mode.sink({ bind: null, text: `${cursor}.native?${cursor}.skip():yield*$skip(${cursor})` });
      continue;
    }
    if (element.type === "RestElement") {
      take(
        e,
        element.argument,
        `(${e.point(element, `${cursor}.source`, "undefined", LOAD)}yield*$drain(${cursor}))`,
        mode,
      );
      continue;
    }
    const point = e.point(element, `${cursor}.source`, `${cursor}.at`, LOAD);
    take(e, element, point === "" ? next : `(${point}${next})`, mode);
  }
}
