/** Parts of containers in the protocol's words. */
import { referenceOfVariable } from "../memory/memory.ts";
import type { Dap } from "../protocol.ts";
import type { Session } from "../session/session.ts";
import type { Container, Part } from "./container.ts";

/** What a client without paging gets at most. */
const MOST = 10_000;

export function variable(
  session: Session,
  parent: number,
  part: Part,
  format?: Dap.ValueFormat,
): Dap.Variable {
  const expanded = reference(session, parent, part.key ?? part.name, part.container);
  return {
    name: part.name,
    value: showNumbers(part.value, format),
    ...(part.type !== undefined && session.client.supportsVariableType ? { type: part.type } : {}),
    ...(part.evaluateName === undefined ? {} : { evaluateName: part.evaluateName }),
    ...hint(part),
    ...(part.place == null ? {} : { valueLocationReference: session.locations.of(part.place) }),
    ...memory(part, expanded.variablesReference),
    ...expanded,
  };
}

/** A whole number in hexadecimal, if the client wants that. */
export function showNumbers(text: string, format: Dap.ValueFormat | undefined): string {
  if (format?.hex !== true || !/^-?\d+n?$/.test(text)) return text;
  const digits = text.replace(/^-/, "").replace(/n$/, "");
  return `${text.startsWith("-") ? "-" : ""}0x${BigInt(digits).toString(16)}${text.endsWith("n") ? "n" : ""}`;
}

/** Bytes can be looked at as memory. */
function memory({ memoryReference, container }: Part, id: number): { memoryReference?: string } {
  if (memoryReference !== undefined) return { memoryReference };
  return ArrayBuffer.isView(container?.object) ? { memoryReference: referenceOfVariable(id) } : {};
}

function hint(part: Part): { presentationHint?: Dap.VariablePresentationHint } {
  const presentationHint: Dap.VariablePresentationHint = {
    ...(part.kind === undefined ? {} : { kind: part.kind }),
    ...attributesOf(part),
    ...(part.lazy === true ? { lazy: true } : {}),
  };
  return Object.keys(presentationHint).length === 0 ? {} : { presentationHint };
}

function attributesOf({ readOnly, lazy }: Part): Pick<Dap.VariablePresentationHint, "attributes"> {
  const attributes = [
    ...(readOnly === true ? ["readOnly"] : []),
    ...(lazy === true ? ["hasSideEffects"] : []),
  ];
  return attributes.length === 0 ? {} : { attributes };
}

/** Number and size of what can be expanded. */
export function reference(
  session: Session,
  parent: number,
  key: string,
  container: Container | undefined,
): { variablesReference: number; namedVariables?: number; indexedVariables?: number } {
  if (container === undefined) return { variablesReference: 0 };
  const { named, indexed } = container.count();
  return {
    variablesReference: session.tree.id(parent, key, container),
    ...(indexed > 0 ? { namedVariables: named, indexedVariables: indexed } : {}),
  };
}

/** The parts that a client asked for. */
export function select(container: Container, args: Dap.VariablesArguments): Part[] {
  const start = Math.max(0, args.start ?? 0);
  const count = args.count === undefined || args.count <= 0 ? MOST : args.count;
  if (args.filter === "named") return container.named(start, count);
  if (args.filter === "indexed") return container.indexed(start, count);
  const { named, indexed } = container.count();
  const parts = container.named(start, count);
  const left = count - parts.length;
  if (left > 0) parts.push(...container.indexed(Math.max(0, start - named), left));
  const missing = named + indexed - start - parts.length;
  if (args.count === undefined && missing > 0)
    parts.push({ name: "…", value: `${missing} more`, kind: "virtual", readOnly: true });
  return parts;
}
