/** Parts of containers in the protocol's words. */
import type { Dap } from "../protocol.ts";
import type { Session } from "../session/session.ts";
import type { Container, Part } from "./container.ts";

/** What a client without paging gets at most. */
const MOST = 10_000;

export function variable(session: Session, parent: number, part: Part): Dap.Variable {
  return {
    name: part.name,
    value: part.value,
    ...(part.type !== undefined && session.client.supportsVariableType ? { type: part.type } : {}),
    ...(part.evaluateName === undefined ? {} : { evaluateName: part.evaluateName }),
    ...hint(part),
    ...reference(session, parent, part.key ?? part.name, part.container),
  };
}

function hint(part: Part): { presentationHint?: Dap.VariablePresentationHint } {
  const presentationHint: Dap.VariablePresentationHint = {
    ...(part.kind === undefined ? {} : { kind: part.kind }),
    ...(part.readOnly === true ? { attributes: ["readOnly"] } : {}),
  };
  return Object.keys(presentationHint).length === 0 ? {} : { presentationHint };
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
