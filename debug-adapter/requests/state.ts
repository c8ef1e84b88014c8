import type { RequestHandler } from "../requestHandler.ts";
import { machineState } from "../session/machineState.ts";

/** Custom request: CPUs with their contexts and locks, and all tasks, for views. */
export const state: RequestHandler<"netdev-lab/state"> = {
  command: "netdev-lab/state",
  needs: "launched",
  handle(_args, session) {
    return {
      ...machineState(session.live),
      past: session.stoppedInPast(),
      timeline: session.timeline?.branch.id ?? 1,
      seed: session.live.lab.config.seed,
    };
  },
};
