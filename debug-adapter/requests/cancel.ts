import type { RequestHandler } from "../requestHandler.ts";

/**
 * A journey through time that is under way ends where it began. A client that names a request means that one: while it
 * waits for its turn the queue takes it back; once it was answered, only the journey that it asked for can be ended.
 */
export const cancel: RequestHandler<"cancel"> = {
  command: "cancel",
  capabilities: { supportsCancelRequest: true },
  shape: { requestId: "integer?", progressId: "string?" },
  handle(args, session) {
    session.journeys.cancel(args);
    return undefined;
  },
};
