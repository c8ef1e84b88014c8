import type { RequestHandler } from "../requestHandler.ts";

/** A journey through time that is under way ends where it began; whatever else is asked for has been answered. */
export const cancel: RequestHandler<"cancel"> = {
  command: "cancel",
  capabilities: { supportsCancelRequest: true },
  shape: { requestId: "integer?", progressId: "string?" },
  handle(args, session) {
    // clients take back single requests whenever the program moves: those have been answered
    if (args.requestId === undefined) session.cancelJourney();
    return undefined;
  },
};
