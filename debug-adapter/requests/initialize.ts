import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { capabilitiesOf } from "../requestHandler.ts";
import { Client } from "../session/client.ts";
import { exceptionFilters } from "../session/exceptionFilters.ts";
import { handlers } from "./index.ts";

/** The adapter is ready for breakpoints at once: they are bound to the text even before the program is known. */
export const initialize: RequestHandler<"initialize"> = {
  command: "initialize",
  needs: "any",
  shape: { linesStartAt1: "boolean?", columnsStartAt1: "boolean?", pathFormat: "string?" },
  capabilities: { supportsDelayedStackTraceLoading: true },
  handle(args, session) {
    if (session.initialized) throw new UserError("the session has been initialized already");
    session.client = new Client(args);
    session.initialized = true;
    return { ...capabilitiesOf(handlers), exceptionBreakpointFilters: exceptionFilters() };
  },
  after(_args, session) {
    session.event("initialized");
  },
};
