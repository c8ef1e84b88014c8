import type { RequestHandler } from "../requestHandler.ts";
import { requireThread } from "./requireThread.ts";

/** Until the function has returned, on the CPU that is stepped. */
export const stepOut: RequestHandler<"stepOut"> = {
  command: "stepOut",
  needs: "stopped",
  shape: { threadId: "integer" },
  handle(args, session) {
    requireThread(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    session.resume({ cpu: args.threadId - 1, mode: "out" });
  },
};
