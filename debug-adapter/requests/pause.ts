import type { RequestHandler } from "../requestHandler.ts";

export const pause: RequestHandler<"pause"> = {
  command: "pause",
  needs: "launched",
  shape: { threadId: "integer?" },
  handle() {
    return undefined;
  },
  after(_args, session) {
    session.pause();
  },
};
