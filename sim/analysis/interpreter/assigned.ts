/** What a loop assigns: names and fields. */
import type * as t from "@babel/types";
import { isFunction } from "../model.ts";

export interface Assigned {
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

const assignedCache = new WeakMap<t.Node, Assigned>();

/** Variables and fields that a loop assigns, functions inside not counted. */
export function assignedIn(loop: t.Node): Assigned {
  const known = assignedCache.get(loop);
  if (known) return known;
  const names = new Set<string>();
  const fields = new Set<string>();
  const visit = (node: t.Node): void => {
    const target =
      node.type === "AssignmentExpression"
        ? node.left
        : node.type === "UpdateExpression"
          ? node.argument
          : null;
    if (target?.type === "Identifier") names.add(target.name);
    if (target?.type === "MemberExpression" && target.property.type === "Identifier" && !target.computed)
      fields.add(target.property.name);
    if (isFunction(node)) return;
    for (const value of Object.values(node) as unknown[])
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
        if (item !== null && typeof item === "object" && typeof (item as t.Node).type === "string")
          visit(item as t.Node);
  };
  visit(loop);
  const assigned = { names, fields };
  assignedCache.set(loop, assigned);
  return assigned;
}
