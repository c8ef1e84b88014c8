import type { RequestHandler } from "../requestHandler.ts";

/** Back to the previous stop of any breakpoint, data breakpoint or violation; to the beginning if there is none. */
export const reverseContinue: RequestHandler<"reverseContinue"> = {
  command: "reverseContinue",
  needs: "stopped",
  shape: { threadId: "integer?", singleThread: "boolean?" },
  handle() {
    return undefined;
  },
  after(_args, session) {
    return session.journeys.reverseContinue();
  },
};
