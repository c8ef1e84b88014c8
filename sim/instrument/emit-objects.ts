import type * as t from "@babel/types";
import { children, isFunctionNode } from "./analyse.ts";
import { emitExpression } from "./emit-expressions.ts";
import { emitGenerator, emitMaker, temporaries } from "./emit-functions.ts";
import { type Emitter, quote } from "./emitter.ts";
import { LOAD } from "./monitor.ts";

/** An object literal; with accessors, spread or `super` it is built step by step. */
export function emitObject(e: Emitter, node: t.ObjectExpression): string {
  const plain = node.properties.every((property) =>
    property.type === "ObjectMethod" ? property.kind === "method" && !usesSuper(property) : true,
  );
  if (plain) return `({${node.properties.map((property) => emitProperty(e, property, null)).join(",")}})`;
  return emitStepwise(e, node);
}

function usesSuper(node: t.Node): boolean {
  return children(node).some(
    (child) =>
      child.type === "Super" ||
      ((!isFunctionNode(child) || child.type === "ArrowFunctionExpression") &&
        child.type !== "ClassBody" &&
        usesSuper(child)),
  );
}

/** The key as it stands in a literal; a computed one is evaluated into `temp`. */
function keyOf(
  e: Emitter,
  property: t.ObjectProperty | t.ObjectMethod,
): { literal: string; name: string | null } {
  const { key } = property;
  if (property.computed) return { literal: `[${emitExpression(e, key)}]`, name: null };
  if (key.type === "Identifier") return { literal: quote(key.name), name: key.name };
  if (key.type === "StringLiteral") return { literal: quote(key.value), name: key.value };
  if (key.type === "NumericLiteral")
    return { literal: `[${emitExpression(e, key)}]`, name: String(key.value) };
  return { literal: `[${emitExpression(e, key)}]`, name: e.text(key).replace(/n$/, "") };
}

type Property = t.ObjectExpression["properties"][number];

/** What is spread: all of it is read. */
function emitSource(e: Emitter, node: t.Node): string {
  const value = emitExpression(e, node);
  if (!e.points) return value;
  return e.withTemp((temp) => `(${temp}=${value},${e.point(node, temp, "undefined", LOAD)}${temp})`);
}

function emitProperty(e: Emitter, property: Property, home: string | null): string {
  if (property.type === "SpreadElement") return `...${emitSource(e, property.argument)}`;
  const { literal, name } = keyOf(e, property);
  if (property.type === "ObjectProperty") {
    const isProto = !property.computed && name === "__proto__";
    if (isProto && property.shorthand) return `["__proto__"]:${emitExpression(e, property.value)}`;
    if (property.computed && needsName(property.value))
      return e.withTemp((key) => {
        const value = emitExpression(e, property.value, "");
        return `[${key}=$key(${literal.slice(1, -1)})]:$rename(${value},${key})`;
      });
    return `${literal}:${emitExpression(e, property.value, isProto ? "" : (name ?? ""))}`;
  }
  if (name === null)
    return e.withTemp((key) => {
      const value = methodValue(e, property, "", home);
      return `[${key}=$key(${literal.slice(1, -1)})]:$rename(${value},${key})`;
    });
  return `[${quote(name)}]:${methodValue(e, property, name, home)}`;
}

/** Is it an anonymous function or class, which takes the name of the property? */
function needsName(node: t.Node): boolean {
  if (node.type === "ArrowFunctionExpression") return true;
  return (node.type === "FunctionExpression" || node.type === "ClassExpression") && !node.id;
}

function methodValue(e: Emitter, property: t.ObjectMethod, name: string, home: string | null): string {
  const maker = emitMaker(e, property, name);
  return `${maker}(${emitGenerator(e, property, { name, home })})`;
}

/** `$1={…}` up to the first accessor, then definitions one by one: the order of evaluation is kept. */
function emitStepwise(e: Emitter, node: t.ObjectExpression): string {
  const needsHome = node.properties.some(
    (property) => property.type === "ObjectMethod" && usesSuper(property),
  );
  const home = needsHome ? `$h${e.fresh()}` : null;
  if (home !== null) return wrapHome(e, node, home);
  return e.withTemp((object) => {
    let steps = `${object}={}`;
    for (const property of node.properties) steps += `,${emitStep(e, object, property, null)}`;
    return `(${steps},${object})`;
  });
}

/** The home object of `super` must be a fresh variable each time the literal is evaluated. */
function wrapHome(e: Emitter, node: t.ObjectExpression, home: string): string {
  const outer = e.fn;
  e.fn = { ...outer, free: [], vars: new Set(), temps: 0 };
  let steps = "";
  for (const property of node.properties) steps += `${emitStep(e, home, property, home)};`;
  const declared = temporaries(e);
  e.fn = outer;
  return `(yield*(function*(${home}){${declared}${steps}return ${home}})({}))`;
}

function emitStep(e: Emitter, object: string, property: Property, home: string | null): string {
  if (property.type === "SpreadElement") return `$assign(${object},${emitSource(e, property.argument)})`;
  if (property.type === "ObjectProperty" && !property.computed && !property.shorthand) {
    const { name } = keyOf(e, property);
    if (name === "__proto__") return `$setProto(${object},${emitExpression(e, property.value)})`;
  }
  if (property.type === "ObjectMethod" && property.kind !== "method")
    return emitAccessor(e, object, property, home);
  return `$assign(${object},{${emitProperty(e, property, home)}})`;
}

function emitAccessor(e: Emitter, object: string, property: t.ObjectMethod, home: string | null): string {
  const { literal, name } = keyOf(e, property);
  const key = name === null ? literal.slice(1, -1) : quote(name);
  return e.withTemp((temp) => {
    const value = methodValue(e, property, name === null ? "" : `${property.kind} ${name}`, home);
    return `(${temp}=$key(${key}),$accessor(${object},${temp},"${property.kind}",${value}))`;
  });
}
