import type { RequestHandler } from "../requestHandler.ts";
import { requireMovable } from "./requireThread.ts";
import { startStep } from "./startStep.ts";

/** Until the function has returned, on the CPU that is stepped. */
export const stepOut: RequestHandler<"stepOut"> = {
  command: "stepOut",
  needs: "stopped",
  shape: { threadId: "integer", singleThread: "boolean?", granularity: "string?" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    startStep(session, args, "out");
  },
};
