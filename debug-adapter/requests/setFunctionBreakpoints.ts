import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** A name is a function's own, or the callback that it is installed as (`hard_start_xmit`). */
export const setFunctionBreakpoints: RequestHandler<"setFunctionBreakpoints"> = {
  command: "setFunctionBreakpoints",
  capabilities: { supportsFunctionBreakpoints: true },
  shape: { breakpoints: "array" },
  handle(args, session) {
    for (const spec of args.breakpoints)
      if (typeof spec?.name !== "string")
        throw new UserError("setFunctionBreakpoints: a breakpoint needs a name");
    const breakpoints = session.breakpoints.setFunctions(args.breakpoints);
    session.stopsChanged();
    return { breakpoints: breakpoints.map((breakpoint) => session.breakpoints.describe(breakpoint)) };
  },
};
