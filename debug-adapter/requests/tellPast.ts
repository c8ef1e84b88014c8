import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: log points that were set late print what they would have printed in the recorded past. */
export const tellPast: RequestHandler<"netdev-lab/tellPast"> = {
  command: "netdev-lab/tellPast",
  needs: "stopped",
  handle() {
    return undefined;
  },
  after(_args, session) {
    return session.journeys.tellPast();
  },
};
