import type * as t from "@babel/types";
import { isFunctionValue } from "./analyse.ts";
import { emitElements, emitExpression, emitThis } from "./emit-expressions.ts";
import { emitGenerator } from "./emit-functions.ts";
import { load, place, pointAt, unwrap } from "./emit-members.ts";
import { isFixed, isStable } from "./emit-references.ts";
import { type Emitter, generatorName, quote } from "./emitter.ts";
import { CALL } from "./monitor.ts";

/** Methods that access the memory of the object they are called on at a place that their arguments tell, or change it. */
const ACCESSORS = new Set([
  "get",
  "has",
  "getInt8",
  "getUint8",
  "getInt16",
  "getUint16",
  "getInt32",
  "getUint32",
  "getFloat32",
  "getFloat64",
  "getBigInt64",
  "getBigUint64",
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
  "set",
  "add",
  "delete",
  "clear",
  "setInt8",
  "setUint8",
  "setInt16",
  "setUint16",
  "setInt32",
  "setUint32",
  "setFloat32",
  "setFloat64",
  "setBigInt64",
  "setBigUint64",
]);

/** Arguments of a call: evaluated by `setup` (ends in a comma or is empty), passed as `list`. */
export interface Arguments {
  readonly setup: string;
  readonly list: string;
  readonly temps: readonly string[];
}

/** Evaluates arguments so that their text may be repeated in both branches of a dispatch. */
export function emitArguments(e: Emitter, nodes: readonly t.Node[], again = false): Arguments {
  if (nodes.some((node) => node.type === "SpreadElement")) {
    const temp = e.temp();
    return { setup: `${temp}=[${emitElements(e, nodes)}],`, list: `...${temp}`, temps: [temp] };
  }
  // `again`: their texts may be repeated even before the call
  let lastComplex = again ? nodes.length : -1;
  nodes.forEach((node, index) => {
    if (!isFixed(e, node) && !isStable(e, node)) lastComplex = index;
  });
  let setup = "";
  const temps: string[] = [];
  const list = nodes.map((node, index) => {
    const text = emitExpression(e, node);
    if (isFixed(e, node) || index > lastComplex || (again && isStable(e, node))) return text;
    const temp = e.temp();
    temps.push(temp);
    setup += `${temp}=${text},`;
    return temp;
  });
  return { setup, list: list.join(","), temps };
}

function describe(text: string): string {
  return /^[\w$.#]+$/.test(text) ? text : "(intermediate value)";
}

/** Calls a function value (repeatable text) resumably if it can be, natively otherwise. */
export function emitDispatch(
  e: Emitter,
  callee: string,
  self: string,
  args: Arguments,
  node: t.Node,
  written: string,
): string {
  const comma = args.list === "" ? "" : ",";
  const native =
    self === "undefined"
      ? `(0,${callee})(${args.list})`
      : `typeof ${callee}!=="function"?$notFunction(${quote(describe(written))}):${callee}.call(${self}${comma}${args.list})`;
  const checked =
    self === "undefined"
      ? `typeof ${callee}!=="function"?$notFunction(${quote(describe(written))}):${native}`
      : native;
  return e.withTemp(
    (twin) =>
      `(${args.setup}${e.callSite(node)}(${twin}=${callee}?.[$G])!==undefined?yield*${twin}.call(${self}${comma}${args.list}):${checked})`,
  );
}

export function emitCall(e: Emitter, node: t.CallExpression): string {
  const callee = node.callee;
  if (callee.type === "Super") return emitSuperCall(e, node);
  if (callee.type === "Import") {
    e.error("dynamic-import", "import() is not supported: import the module at the top of the file.", node);
    return "undefined";
  }
  const inner = callee.type === "V8IntrinsicIdentifier" ? callee : unwrap(callee);
  if (inner.type === "MemberExpression") return emitMethodCall(e, node, inner);
  if (inner.type === "Identifier") return emitNamedCall(e, node, inner);
  if (isFunctionValue(inner) && !inner.generator && !inner.async) return emitImmediateCall(e, node, inner);
  if (inner.type === "OptionalMemberExpression") return emitParenthesisedChainCall(e, node, inner);
  return emitValueCall(e, node, inner);
}

/** The target's generator, if the callee can only ever be that one function. */
export function directTarget(e: Emitter, node: t.Identifier): string | null {
  const binding = e.binding(node);
  const target = binding?.target;
  if (!binding || !target || binding.unsafe || binding.member !== null) return null;
  if (target.generator || target.async || e.analysis.functions.get(target)?.usesNewTarget) return null;
  return generatorName(binding.name);
}

function emitNamedCall(e: Emitter, node: t.CallExpression, callee: t.Identifier): string {
  const target = directTarget(e, callee);
  if (target !== null) {
    const list = emitElements(e, node.arguments);
    const site = e.callSite(node);
    return site === ""
      ? `(yield*${target}(${list}))`
      : `(${withArguments(e, node, (text) => `${site}yield*${target}(${text})`)})`;
  }
  if (e.binding(callee) === null && callee.name === "Function")
    e.error(
      "eval",
      "Function(text) cannot be followed by the debugger and is not supported. Write the function out.",
      node,
    );
  const imported = importedTarget(e, callee);
  if (imported !== null) return emitImportedCall(e, node, callee, imported);
  const fixed =
    isFixed(e, callee) ||
    (isStable(e, callee) && node.arguments.every((arg) => isFixed(e, arg) || isStable(e, arg)));
  if (!fixed) return emitValueCall(e, node, callee);
  const args = emitArguments(e, node.arguments);
  const text = emitDispatch(e, emitExpression(e, callee), "undefined", args, node, callee.name);
  e.release(...args.temps);
  return text;
}

/** Number of the imported function that the callee names; null if it is no named import. */
function importedTarget(e: Emitter, callee: t.Identifier): number | null {
  const from = e.binding(callee)?.from ?? null;
  return from === null || from.name === "*" ? null : e.importedFunction(from.specifier, from.name);
}

/**
 * Calls an import. If it turned out, when the modules were linked, to be a function that can never change, `$x` holds its
 * generator or `$v` the host's function; otherwise the value of the moment is called.
 */
function emitImportedCall(e: Emitter, node: t.CallExpression, callee: t.Identifier, target: number): string {
  const args = emitArguments(e, node.arguments);
  const late = `yield*$call(${emitExpression(e, callee)},[${args.list}],${quote(callee.name)})`;
  const call = `$x${target}!==undefined?yield*$x${target}(${args.list}):$v${target}!==undefined?$v${target}(${args.list}):${late}`;
  e.release(...args.temps);
  return `(${args.setup}${e.callSite(node)}${call})`;
}

/** Evaluates the arguments first, then what `then` writes with them. */
function withArguments(e: Emitter, node: t.CallExpression, then: (list: string) => string): string {
  const args = emitArguments(e, node.arguments);
  const text = `${args.setup}${then(args.list)}`;
  e.release(...args.temps);
  return text;
}

function emitValueCall(e: Emitter, node: t.CallExpression, callee: t.Node): string {
  return e.withTemp((temp) => {
    const value = emitExpression(e, callee);
    const args = emitArguments(e, node.arguments);
    const call = emitDispatch(e, temp, "undefined", args, node, e.text(callee));
    e.release(...args.temps);
    return `(${temp}=${value},${call})`;
  });
}

function emitImmediateCall(
  e: Emitter,
  node: t.CallExpression,
  callee: t.FunctionExpression | t.ArrowFunctionExpression,
): string {
  if (e.analysis.functions.get(callee)?.usesNewTarget && callee.type === "FunctionExpression")
    return emitValueCall(e, node, callee);
  if (callee.type === "FunctionExpression" && callee.id) return emitValueCall(e, node, callee);
  const generator = emitGenerator(e, callee, { name: "" });
  return `(yield*(${generator})(${emitElements(e, node.arguments)}))`;
}

function emitMethodCall(e: Emitter, node: t.CallExpression, callee: t.MemberExpression): string {
  const calm = node.arguments.every((arg) => isFixed(e, arg) || isStable(e, arg));
  const keep =
    !calm && callee.object.type !== "Super" && !isFixed(e, callee.object) && isStable(e, callee.object);
  const object = keep ? e.temp() : undefined;
  const before = object ? `${object}=${emitExpression(e, callee.object)},` : "";
  const at = place(e, callee, object);
  const name = !callee.computed && callee.property.type === "Identifier" ? callee.property.name : "";
  const fn = e.temp();
  const read = `${before}${at.setup}${pointAt(e, at, callee)}${fn}=${load(e, at)},`;
  const accesses = !at.quiet && e.points && ACCESSORS.has(name);
  const args = emitArguments(e, node.arguments, accesses);
  const touches = accesses
    ? e.point(node, at.viaSuper ? emitThis(e) : at.object, quote(name), CALL, args.list)
    : "";
  const self = at.viaSuper ? emitThis(e) : at.object;
  const call = emitDispatch(e, fn, self, { ...args, setup: args.setup + touches }, node, e.text(callee));
  e.release(...args.temps, fn, ...at.temps, ...(object ? [object] : []));
  return `(${read}${call})`;
}

/** `(a?.b)(…)`: the chain ends at the parenthesis but `this` is kept. */
function emitParenthesisedChainCall(
  e: Emitter,
  node: t.CallExpression,
  callee: t.OptionalMemberExpression,
): string {
  const object = e.temp();
  const fn = e.temp();
  const at = place(e, callee, object);
  const chainText = emitExpression(e, callee.object);
  const read = `${object}=${chainText},${fn}=${callee.optional ? `${object}==null?undefined:` : ""}(${at.setup}${pointAt(e, at, callee)}${load(e, at)}),`;
  const args = emitArguments(e, node.arguments);
  const call = emitDispatch(e, fn, object, args, node, e.text(callee));
  e.release(...args.temps, ...at.temps, fn, object);
  return `(${read}${call})`;
}

function emitSuperCall(e: Emitter, node: t.CallExpression): string {
  const { ctor, self } = e.fn;
  if (ctor === null) return "undefined";
  const args = emitElements(e, node.arguments);
  const made = `yield*$construct($protoOf(${ctor.cls}),[${args}],$nt)`;
  return `(${self}=$once(${self},${made}),${ctor.after}${self})`;
}

export function emitNew(e: Emitter, node: t.NewExpression): string {
  const callee = unwrap(node.callee);
  if (callee.type === "Identifier" && callee.name === "Function" && e.binding(callee) === null)
    e.error(
      "eval",
      "new Function(text) cannot be followed by the debugger and is not supported. Write the function out.",
      node,
    );
  return e.withTemp((cls) =>
    e.withTemp((made) => {
      const value = emitExpression(e, callee);
      const args = emitArguments(e, node.arguments);
      const before = `${cls}=${value},${args.setup}${e.callSite(node)}`;
      const own = `(${made}=${cls}?.[$N])!==undefined&&${made}.owner===${cls}`;
      const direct = `${made}.simple===true?new ${cls}($A):yield*${made}(${cls},[${args.list}])`;
      const other = `yield*$new(${cls},[${args.list}],${quote(describe(e.text(node.callee)))})`;
      e.release(...args.temps);
      return `(${before}${own}?${direct}:${other})`;
    }),
  );
}

export function emitTaggedTemplate(e: Emitter, node: t.TaggedTemplateExpression): string {
  const site = `$t${e.fresh()}`;
  const cooked = node.quasi.quasis.map((quasi) =>
    quasi.value.cooked == null ? "undefined" : quote(quasi.value.cooked),
  );
  const raw = node.quasi.quasis.map((quasi) => quote(quasi.value.raw));
  e.hoisted.push(`const ${site}=$template([${cooked}],[${raw}]);`);
  const tag = unwrap(node.tag);
  const at = tag.type === "MemberExpression" ? place(e, tag) : null;
  const fn = e.temp();
  const read = at
    ? `${at.setup}${pointAt(e, at, tag)}${fn}=${load(e, at)},`
    : `${fn}=${emitExpression(e, tag)},`;
  const args = emitArguments(e, node.quasi.expressions);
  const all = { ...args, list: args.list === "" ? site : `${site},${args.list}` };
  const self = at === null ? "undefined" : at.viaSuper ? emitThis(e) : at.object;
  const call = emitDispatch(e, fn, self, all, node, e.text(tag));
  e.release(...args.temps, fn, ...(at?.temps ?? []));
  return `(${read}${call})`;
}
