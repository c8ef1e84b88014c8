import type { RequestHandler } from "../requestHandler.ts";
import { requireMovable } from "./requireThread.ts";
import { startStep } from "./startStep.ts";

/** Into the call, the simulated kernel's functions too; ends on the CPU that is stepped. */
export const stepIn: RequestHandler<"stepIn"> = {
  command: "stepIn",
  needs: "stopped",
  shape: { threadId: "integer", singleThread: "boolean?", granularity: "string?" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    startStep(session, args, "in");
  },
};
