import type { RequestHandler } from "../requestHandler.ts";

export const setExceptionBreakpoints: RequestHandler<"setExceptionBreakpoints"> = {
  command: "setExceptionBreakpoints",
  capabilities: { supportsExceptionFilterOptions: true },
  shape: { filters: "array", filterOptions: "array?" },
  handle(args, session) {
    return { breakpoints: session.exceptions.set(args) };
  },
};
