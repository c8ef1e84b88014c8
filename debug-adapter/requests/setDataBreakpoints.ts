import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Replaces all data breakpoints. */
export const setDataBreakpoints: RequestHandler<"setDataBreakpoints"> = {
  command: "setDataBreakpoints",
  shape: { breakpoints: "array" },
  handle(args, session) {
    for (const spec of args.breakpoints)
      if (typeof spec?.dataId !== "string")
        throw new UserError(
          "setDataBreakpoints: a breakpoint needs a dataId, as dataBreakpointInfo gives it",
        );
    const breakpoints = session.breakpoints.setData(args.breakpoints);
    session.stopsChanged();
    return { breakpoints };
  },
};
