import type * as t from "@babel/types";
import { emitExpression } from "./emit-expressions.ts";
import { emitOptionalDelete, load, place, pointAt, store, unwrap } from "./emit-members.ts";
import { assignPattern } from "./emit-patterns.ts";
import { isFixed, isStable, writeIdentifier } from "./emit-references.ts";
import type { Emitter } from "./emitter.ts";
import { STORE } from "./monitor.ts";

const isLogical = (operator: string): boolean =>
  operator === "&&=" || operator === "||=" || operator === "??=";

export function emitAssignment(e: Emitter, node: t.AssignmentExpression): string {
  const target = unwrap(node.left);
  if (target.type === "Identifier") return assignIdentifier(e, node, target);
  if (target.type === "MemberExpression") return assignMember(e, node, target);
  return e.withTemp((temp) => {
    const value = emitExpression(e, node.right);
    const steps = assignPattern(e, target, temp);
    return `(${temp}=${value},${steps}${temp})`;
  });
}

function assignIdentifier(e: Emitter, node: t.AssignmentExpression, target: t.Identifier): string {
  const { operator } = node;
  if (operator === "=") return writeIdentifier(e, target, emitExpression(e, node.right, target.name));
  if (isLogical(operator)) {
    const read = emitExpression(e, target);
    const write = writeIdentifier(e, target, emitExpression(e, node.right, target.name));
    return `(${read}${operator.slice(0, -1)}${write})`;
  }
  const value = `${emitExpression(e, target)} ${operator.slice(0, -1)} ${emitExpression(e, node.right)}`;
  return writeIdentifier(e, target, value);
}

function assignMember(e: Emitter, node: t.AssignmentExpression, target: t.MemberExpression): string {
  const { operator } = node;
  const at = placeForWrite(e, target, node.right);
  const text =
    operator === "="
      ? simpleStore(e, node, at, target)
      : isLogical(operator)
        ? logicalStore(e, node, at, target)
        : compoundStore(e, node, at, target);
  e.release(...at.temps);
  return text;
}

/** Object and key stay as they were when the right side changes the variables that held them. */
function placeForWrite(e: Emitter, target: t.MemberExpression, right: t.Node): ReturnType<typeof place> {
  const calm = isFixed(e, right) || isStable(e, right);
  if (calm || target.object.type === "Super") return place(e, target);
  const object = isFixed(e, target.object) ? null : e.temp();
  if (object === null && (!target.computed || isFixed(e, target.property))) return place(e, target);
  let setup = "";
  const temps: string[] = [];
  if (object !== null) {
    setup += `${object}=${emitExpression(e, target.object)},`;
    temps.push(object);
  }
  const at = place(e, target, object ?? emitExpression(e, target.object));
  if (!target.computed || isFixed(e, target.property) || at.temps.length > 0)
    return { ...at, setup: setup + at.setup, temps: [...temps, ...at.temps] };
  const key = e.temp();
  return {
    ...at,
    access: `[${key}]`,
    key,
    setup: `${setup}${at.setup}${key}=${at.key},`,
    temps: [...temps, ...at.temps, key],
  };
}

function simpleStore(
  e: Emitter,
  node: t.AssignmentExpression,
  at: ReturnType<typeof place>,
  target: t.MemberExpression,
): string {
  const value = emitExpression(e, node.right);
  if (isFixed(e, node.right) || isStable(e, node.right))
    return `(${at.setup}${pointAt(e, at, target, STORE)}${store(e, at, value)})`;
  return e.withTemp(
    (temp) => `(${at.setup}${temp}=${value},${pointAt(e, at, target, STORE)}${store(e, at, temp)})`,
  );
}

function compoundStore(
  e: Emitter,
  node: t.AssignmentExpression,
  at: ReturnType<typeof place>,
  target: t.MemberExpression,
): string {
  return e.withTemp((old) => {
    const read = `${pointAt(e, at, target)}${old}=${load(e, at)},`;
    const right = emitExpression(e, node.right);
    const compute = `${old}=${old} ${node.operator.slice(0, -1)} ${right},`;
    return `(${at.setup}${read}${compute}${pointAt(e, at, target, STORE)}${store(e, at, old)})`;
  });
}

function logicalStore(
  e: Emitter,
  node: t.AssignmentExpression,
  at: ReturnType<typeof place>,
  target: t.MemberExpression,
): string {
  return e.withTemp((temp) => {
    const read = `(${pointAt(e, at, target)}${load(e, at)})`;
    const value = emitExpression(e, node.right);
    const write = `(${temp}=${value},${pointAt(e, at, target, STORE)}${store(e, at, temp)})`;
    return `(${at.setup}${read}${node.operator.slice(0, -1)}${write})`;
  });
}

export function emitUpdate(e: Emitter, node: t.UpdateExpression): string {
  const target = unwrap(node.argument);
  const step = node.operator === "++" ? "++" : "--";
  if (target.type === "Identifier") return updateIdentifier(e, node, target, step);
  const at = place(e, target as t.MemberExpression);
  const text = e.withTemp((fresh) =>
    e.withTemp((old) => {
      const keep = node.prefix ? `${step}${fresh}` : `${old}=${fresh}${step}`;
      const read = `${pointAt(e, at, target)}${fresh}=${load(e, at)},${keep},`;
      const write = `${pointAt(e, at, target, STORE)}${store(e, at, fresh)}`;
      return `(${at.setup}${read}${write},${node.prefix ? fresh : old})`;
    }),
  );
  e.release(...at.temps);
  return text;
}

function updateIdentifier(e: Emitter, node: t.UpdateExpression, target: t.Identifier, step: string): string {
  const binding = e.binding(target);
  const read = emitExpression(e, target);
  if (binding !== null && !binding.constant && !binding.shared && !binding.unsafe)
    return node.prefix ? `(${step}${read})` : `(${read}${step})`;
  return e.withTemp((fresh) =>
    e.withTemp((old) => {
      const keep = node.prefix ? `${step}${fresh}` : `${old}=${fresh}${step}`;
      const write = writeIdentifier(e, target, fresh);
      return `(${fresh}=${read},${keep},${write},${node.prefix ? fresh : old})`;
    }),
  );
}

export function emitDelete(e: Emitter, node: t.UnaryExpression): string {
  const target = unwrap(node.argument);
  if (target.type === "OptionalMemberExpression") return emitOptionalDelete(e, target);
  if (target.type !== "MemberExpression") return `(${emitExpression(e, target)},true)`;
  if (target.object.type === "Super") return "$rt.deleteSuper()";
  const at = place(e, target);
  const text = `(${at.setup}${pointAt(e, at, target, STORE)}delete ${at.object}${at.access})`;
  e.release(...at.temps);
  return text;
}
