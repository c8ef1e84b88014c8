import type { RequestHandler } from "../requestHandler.ts";
import { deliverInterrupt } from "../session/cpuControl.ts";
import { requireMovable } from "./requireThread.ts";

/** Custom request: a pending interrupt is taken now. */
export const interrupt: RequestHandler<"netdev-lab/interrupt"> = {
  command: "netdev-lab/interrupt",
  needs: "stopped",
  shape: { threadId: "integer", irq: "integer?" },
  handle(args, session) {
    requireMovable(session, args.threadId);
    deliverInterrupt(session, args.threadId - 1, args.irq);
    return undefined;
  },
};
