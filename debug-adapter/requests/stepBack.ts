import type { RequestHandler } from "../requestHandler.ts";
import { requireThread } from "./requireThread.ts";

/** The inverse of `next`: over calls, to the previous line on the same CPU. */
export const stepBack: RequestHandler<"stepBack"> = {
  command: "stepBack",
  needs: "stopped",
  capabilities: { supportsStepBack: true },
  shape: { threadId: "integer", singleThread: "boolean?", granularity: "string?" },
  handle(args, session) {
    requireThread(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    return session.journeys.stepBack(
      args.threadId - 1,
      args.granularity === "instruction" ? "statement" : "over",
    );
  },
};
