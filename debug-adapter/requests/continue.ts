import type { RequestHandler } from "../requestHandler.ts";

/** All CPUs run on. */
export const continueRequest: RequestHandler<"continue"> = {
  command: "continue",
  needs: "stopped",
  shape: { threadId: "integer?" },
  handle() {
    return { allThreadsContinued: true };
  },
  after(_args, session) {
    session.resume();
  },
};
