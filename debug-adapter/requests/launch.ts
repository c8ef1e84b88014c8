import type { RequestHandler } from "../requestHandler.ts";
import { launchShape } from "../session/launchArguments.ts";

export const launch: RequestHandler<"launch"> = {
  command: "launch",
  shape: launchShape,
  handle(args, session) {
    session.launch(args);
    return undefined;
  },
};
