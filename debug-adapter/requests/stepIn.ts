import type { RequestHandler } from "../requestHandler.ts";
import { requireThread } from "./requireThread.ts";

/** Into the call, the simulated kernel's functions too; ends on the CPU that is stepped. */
export const stepIn: RequestHandler<"stepIn"> = {
  command: "stepIn",
  needs: "stopped",
  shape: { threadId: "integer" },
  handle(args, session) {
    requireThread(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    session.resume({ cpu: args.threadId - 1, mode: "in" });
  },
};
