import { commandOf } from "../console/commands.ts";
import { paintFor } from "../console/table.ts";
import { checkWhen, tellWhen } from "../console/when.ts";
import { UserError } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { change } from "../session/change.ts";
import type { Session } from "../session/session.ts";
import type { Part } from "../variables/container.ts";
import type { FrameContainer } from "../variables/frameScopes.ts";
import { reference, showNumbers } from "../variables/toDap.ts";
import { valuePart } from "../variables/valueContainers.ts";

/** Hovers and watches never change the run; the console may. */
export const evaluate: RequestHandler<"evaluate"> = {
  command: "evaluate",
  needs: "stopped",
  capabilities: {
    supportsEvaluateForHovers: true,
    supportsClipboardContext: true,
    supportsANSIStyling: true,
  },
  shape: { expression: "string", frameId: "integer?", context: "string?", format: "object?" },
  handle(args, session) {
    const run = session.live;
    const frame = session.frames.frame(args.frameId);
    const cpu = frame?.cpu ?? session.stop?.cpu ?? 0;
    const mayMutate = args.context === "repl";
    const command = mayMutate ? commandOf(args.expression) : null;
    if (command !== null) return { result: told(session, command), variablesReference: 0 };
    const value = mayMutate
      ? inConsole(session, args.expression, cpu, frame)
      : run.evaluate(args.expression, cpu, frame?.frame ?? null, false);
    const expression = mayMutate ? undefined : args.expression;
    const part = valuePart(args.expression, value, run.notes, expression);
    const isText = args.context === "clipboard" && typeof value === "string";
    return {
      result: isText ? value : showNumbers(part.value, args.format),
      ...(part.type === undefined ? {} : { type: part.type }),
      ...expansion(session, args, part),
    };
  },
  after(args, session) {
    const command = args.context === "repl" ? commandOf(args.expression) : null;
    if (command !== null)
      return command.command.name === "when" ? tellWhen(session, command.argument) : undefined;
    if (args.context === "repl" && session.client.supportsInvalidated)
      session.event("invalidated", { areas: ["variables"] });
  },
};

function told(session: Session, { command, argument }: NonNullable<ReturnType<typeof commandOf>>): string {
  const run = session.live;
  if (command.name === "when") {
    checkWhen(run, argument);
    return `looking through the past for changes of ${argument} …`;
  }
  return run.quietly(() => command.print(run, argument, paintFor(session.client.supportsColours)));
}

/** What only looks is no part of the history; everything else is, and comes again when the run is replayed. */
function inConsole(session: Session, expression: string, cpu: number, frame: FrameContainer | null): unknown {
  const run = session.live;
  try {
    return run.evaluate(expression, cpu, frame?.frame ?? null, false);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return change(session, expression, frame);
}

/** A watched value keeps its number from stop to stop; a value of the console is kept as it is. */
function expansion(session: Session, args: Dap.EvaluateArguments, part: Part) {
  const { container } = part;
  if (container === undefined || args.frameId === undefined || args.context === "repl") {
    const { named, indexed } = container?.count() ?? { named: 0, indexed: 0 };
    const variablesReference = container === undefined ? 0 : session.frames.keep(container);
    return {
      variablesReference,
      ...(indexed > 0 ? { namedVariables: named, indexedVariables: indexed } : {}),
    };
  }
  return reference(session, args.frameId, `=${args.expression}`, container);
}
