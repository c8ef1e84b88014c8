import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { change } from "../session/change.ts";
import { showNumbers } from "../variables/toDap.ts";
import { valuePart } from "../variables/valueContainers.ts";

/** Assigns to what an expression names (a watched field); part of the history, as every change is. */
export const setExpression: RequestHandler<"setExpression"> = {
  command: "setExpression",
  needs: "stopped",
  capabilities: { supportsSetExpression: true },
  shape: { expression: "string", value: "string", frameId: "integer?", format: "object?" },
  handle(args, session) {
    if (args.value.trim() === "") throw new UserError("the new value is empty");
    const frame = session.frames.frame(args.frameId);
    const value = change(session, `${args.expression} = (${args.value})`, frame);
    const part = valuePart(args.expression, value, session.live.notes, args.expression);
    const variablesReference = part.container === undefined ? 0 : session.frames.keep(part.container);
    return {
      value: showNumbers(part.value, args.format),
      ...(part.type === undefined ? {} : { type: part.type }),
      variablesReference,
    };
  },
  after(_args, session) {
    if (session.client.supportsInvalidated) session.event("invalidated", { areas: ["variables"] });
  },
};
