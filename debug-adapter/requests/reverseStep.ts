import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import type { ReverseMode } from "../time/reverseStep.ts";
import { requireThread } from "./requireThread.ts";

const MODES: readonly ReverseMode[] = ["over", "in", "out", "statement"];

/** Custom request: the steps backwards for which the protocol has no request. */
export const reverseStep: RequestHandler<"netdev-lab/reverseStep"> = {
  command: "netdev-lab/reverseStep",
  needs: "stopped",
  shape: { threadId: "integer", mode: "string" },
  handle(args, session) {
    requireThread(session, args.threadId);
    if (!MODES.includes(args.mode)) throw new UserError(`mode must be ${MODES.join(", ")}, not ${args.mode}`);
    return undefined;
  },
  after(args, session) {
    return session.journeys.stepBack(args.threadId - 1, args.mode);
  },
};
