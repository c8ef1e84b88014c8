import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { launchShape } from "../session/launchArguments.ts";

/** Opens a saved schedule: the model runs as it was recorded, and its past can be walked through. */
export const attach: RequestHandler<"attach"> = {
  command: "attach",
  shape: { ...launchShape, program: "string?", schedule: "string" },
  handle(args, session) {
    if (args.schedule.trim() === "")
      throw new UserError("attach: schedule is empty: name a file that netdev-lab explore has written", {
        show: true,
      });
    session.launch({ ...args, program: args.program ?? "" });
    return undefined;
  },
};
