import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { select, variable } from "../variables/toDap.ts";

export const variables: RequestHandler<"variables"> = {
  command: "variables",
  needs: "stopped",
  capabilities: { supportsValueFormattingOptions: true },
  shape: {
    variablesReference: "integer",
    filter: "string?",
    start: "integer?",
    count: "integer?",
    format: "object?",
  },
  handle(args, session) {
    const { variablesReference: id } = args;
    const container = session.tree.get(id);
    if (container === undefined) throw new UserError("these variables are gone: the program has moved on");
    return { variables: select(container, args).map((part) => variable(session, id, part, args.format)) };
  },
};
