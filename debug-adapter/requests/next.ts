import type { RequestHandler } from "../requestHandler.ts";
import { requireMovable } from "./requireThread.ts";
import { startStep } from "./startStep.ts";

/** To the next line on the CPU that is stepped; other CPUs run meanwhile. */
export const next: RequestHandler<"next"> = {
  command: "next",
  needs: "stopped",
  capabilities: { supportsSteppingGranularity: true, supportsSingleThreadExecutionRequests: true },
  shape: { threadId: "integer", singleThread: "boolean?", granularity: "string?" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    startStep(session, args, "over");
  },
};
