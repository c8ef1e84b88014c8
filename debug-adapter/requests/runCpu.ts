import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { runUntilRelease } from "../session/cpuControl.ts";
import { requireMovable } from "./requireThread.ts";

/** Custom request: one CPU runs alone until it has released a lock. */
export const runCpu: RequestHandler<"netdev-lab/runCpu"> = {
  command: "netdev-lab/runCpu",
  needs: "stopped",
  shape: { threadId: "integer", until: "string" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    if (args.until !== "release") throw new UserError(`until must be "release", not "${args.until}"`);
    runUntilRelease(session, args.threadId - 1);
    return undefined;
  },
};
