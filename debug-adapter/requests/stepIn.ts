import type { RequestHandler } from "../requestHandler.ts";
import { deliverInterrupt } from "../session/cpuControl.ts";
import { INTERRUPT } from "../session/stepInTargets.ts";
import { requireMovable } from "./requireThread.ts";
import { startStep } from "./startStep.ts";

/** Into the call, the simulated kernel's functions too; ends on the CPU that is stepped. */
export const stepIn: RequestHandler<"stepIn"> = {
  command: "stepIn",
  needs: "stopped",
  shape: { threadId: "integer", singleThread: "boolean?", granularity: "string?", targetId: "integer?" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    return undefined;
  },
  after(args, session) {
    const { threadId, targetId } = args;
    if (targetId !== undefined && targetId >= INTERRUPT)
      deliverInterrupt(session, threadId - 1, targetId - INTERRUPT);
    else startStep(session, args, "in");
  },
};
