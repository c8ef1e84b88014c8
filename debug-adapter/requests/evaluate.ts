import type { Dap } from "../protocol.ts";
import type { RequestHandler } from "../requestHandler.ts";
import type { Session } from "../session/session.ts";
import type { Part } from "../variables/container.ts";
import { reference } from "../variables/toDap.ts";
import { valuePart } from "../variables/valueContainers.ts";

/** Hovers and watches never change the run; the console may. */
export const evaluate: RequestHandler<"evaluate"> = {
  command: "evaluate",
  needs: "stopped",
  capabilities: { supportsEvaluateForHovers: true, supportsClipboardContext: true },
  shape: { expression: "string", frameId: "integer?", context: "string?" },
  handle(args, session) {
    const run = session.live;
    const frame = session.frame(args.frameId);
    const cpu = frame?.cpu ?? session.stop?.cpu ?? 0;
    const mayMutate = args.context === "repl";
    const value = run.evaluate(args.expression, cpu, frame?.frame ?? null, mayMutate);
    const expression = mayMutate ? undefined : args.expression;
    const part = valuePart(args.expression, value, run.notes, expression);
    const isText = args.context === "clipboard" && typeof value === "string";
    return {
      result: isText ? value : part.value,
      ...(part.type === undefined ? {} : { type: part.type }),
      ...expansion(session, args, part),
    };
  },
  after(args, session) {
    if (args.context === "repl" && session.client.supportsInvalidated)
      session.event("invalidated", { areas: ["variables"] });
  },
};

/** A watched value keeps its number from stop to stop; a value of the console is kept as it is. */
function expansion(session: Session, args: Dap.EvaluateArguments, part: Part) {
  const { container } = part;
  if (container === undefined || args.frameId === undefined || args.context === "repl") {
    const { named, indexed } = container?.count() ?? { named: 0, indexed: 0 };
    const variablesReference = container === undefined ? 0 : session.keep(container);
    return {
      variablesReference,
      ...(indexed > 0 ? { namedVariables: named, indexedVariables: indexed } : {}),
    };
  }
  return reference(session, args.frameId, `=${args.expression}`, container);
}
