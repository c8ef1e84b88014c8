import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Back to the first statement of a call, in time: nothing of what it did has been done yet. */
export const restartFrame: RequestHandler<"restartFrame"> = {
  command: "restartFrame",
  needs: "stopped",
  capabilities: { supportsRestartFrame: true },
  shape: { frameId: "integer" },
  handle(args, session) {
    if (args.frameId < 0 || session.frames.frame(args.frameId) === null)
      throw new UserError(`there is no frame ${args.frameId}`);
    return undefined;
  },
  after(args, session) {
    return session.journeys.restartFrame(session.frames.frame(args.frameId)!);
  },
};
