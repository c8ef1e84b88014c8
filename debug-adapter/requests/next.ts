import type { RequestHandler } from "../requestHandler.ts";
import { requireThread } from "./requireThread.ts";

/** To the next line on the CPU that is stepped; other CPUs run meanwhile. */
export const next: RequestHandler<"next"> = {
  command: "next",
  needs: "stopped",
  shape: { threadId: "integer" },
  handle(args, session) {
    requireThread(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    session.resume({ cpu: args.threadId - 1, mode: "over" });
  },
};
