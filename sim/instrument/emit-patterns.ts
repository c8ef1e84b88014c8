import type * as t from "@babel/types";
import { emitExpression } from "./emit-expressions.ts";
import { place, pointAt, store, unwrap } from "./emit-members.ts";
import { propertyText, writeIdentifier } from "./emit-references.ts";
import { type Emitter, quote } from "./emitter.ts";

/** One step of taking a pattern apart: something to evaluate, perhaps bound to a name. */
export interface Step {
  /** The declared name, or null for an evaluation only. */
  readonly bind: t.Identifier | null;
  readonly text: string;
}

type Sink = (step: Step) => void;

/** How a leaf of the pattern takes its value. */
interface Mode {
  readonly declares: boolean;
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
      if (mode.declares) mode.sink({ bind: node, text: value });
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
  mode.sink({ bind: null, text: `${temp}=${text},${pointAt(e, at, node)}${store(e, at, temp)}` });
  e.release(temp, ...at.temps);
}

function takeObject(e: Emitter, node: t.ObjectPattern, value: string, mode: Mode): void {
  const source = keep(e, mode, `$object(${value})`);
  const taken: string[] = [];
  const hasRest = node.properties.at(-1)?.type === "RestElement";
  for (const property of node.properties) {
    if (property.type === "RestElement") {
      take(e, property.argument, `(${e.point(property)}$rest(${source},[${taken.join(",")}]))`, mode);
      continue;
    }
    const [access, key] = propertyKey(e, property, mode, hasRest);
    taken.push(key);
    take(e, property.value, readProperty(e, source, access, key, property), mode);
  }
}

function readProperty(
  e: Emitter,
  source: string,
  access: string,
  key: string,
  node: t.ObjectProperty,
): string {
  const point = e.point(node);
  const named = key.startsWith('"') && e.accessors.has(JSON.parse(key) as string);
  if (!named) return `(${point}${source}${access})`;
  return e.withTemp(
    (temp) =>
      `(${point}(${temp}=$getter(${source},${key}))!==undefined?yield*${temp}.call(${source}):${source}${access})`,
  );
}

function propertyKey(e: Emitter, property: t.ObjectProperty, mode: Mode, hasRest: boolean): [string, string] {
  const { key } = property;
  if (!property.computed && key.type === "Identifier") return [propertyText(key.name), quote(key.name)];
  if (!property.computed && key.type === "StringLiteral") return [`[${quote(key.value)}]`, quote(key.value)];
  const text = emitExpression(e, key);
  const temp = keep(e, mode, hasRest ? `$key(${text})` : text);
  return [`[${temp}]`, temp];
}

function takeArray(e: Emitter, node: t.ArrayPattern, value: string, mode: Mode): void {
  const cursor = keep(e, mode, `${value}`);
  mode.sink({ bind: null, text: `${cursor}=$list(${cursor})??(yield*$open(${cursor}))` });
  const next = `(${cursor}.native?${cursor}.take():yield*$take(${cursor}))`;
  let rest = false;
  for (const element of node.elements) {
    if (element === null) {
      mode.sink({ bind: null, text: `${cursor}.native?${cursor}.skip():yield*$skip(${cursor})` });
      continue;
    }
    if (element.type === "RestElement") {
      rest = true;
      take(e, element.argument, `(${e.point(element)}yield*$drain(${cursor}))`, mode);
      continue;
    }
    const point = e.point(element);
    take(e, element, point === "" ? next : `(${point}${next})`, mode);
  }
  if (!rest) mode.sink({ bind: null, text: `${cursor}.closes?yield*$finish(${cursor}):0` });
}
