import type { RequestHandler } from "../requestHandler.ts";
import { machineState } from "../session/machineState.ts";

/** Custom request: CPUs with their contexts and locks, and all tasks, for views. */
export const state: RequestHandler<"netdev-lab/state"> = {
  command: "netdev-lab/state",
  needs: "launched",
  handle(_args, session) {
    return machineState(session.live);
  },
};
