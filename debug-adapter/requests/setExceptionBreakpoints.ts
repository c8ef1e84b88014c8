import type { RequestHandler } from "../requestHandler.ts";

export const setExceptionBreakpoints: RequestHandler<"setExceptionBreakpoints"> = {
  command: "setExceptionBreakpoints",
  capabilities: { supportsExceptionFilterOptions: true },
  shape: { filters: "array", filterOptions: "array?" },
  handle(args, session) {
    const breakpoints = session.exceptions.set(args);
    if (session.run !== null) session.breakpoints.events.equip(session.run);
    session.stopsChanged();
    return { breakpoints };
  },
};
