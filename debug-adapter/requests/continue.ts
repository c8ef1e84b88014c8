import type { RequestHandler } from "../requestHandler.ts";
import { requireMovable } from "./requireThread.ts";

/** All CPUs run on, or one alone. */
export const continueRequest: RequestHandler<"continue"> = {
  command: "continue",
  needs: "stopped",
  shape: { threadId: "integer?", singleThread: "boolean?" },
  handle(args, session) {
    if (args.singleThread === true) requireMovable(session, args.threadId);
    return { allThreadsContinued: args.singleThread !== true };
  },
  after(args, session) {
    session.resume(undefined, { only: args.singleThread === true ? args.threadId - 1 : undefined });
  },
};
