import type { RequestHandler } from "../requestHandler.ts";
import { nextToAct, stepCard as step } from "../session/cardControl.ts";

/** Custom request: a card does its next step while the CPUs stand; a stop follows. */
export const stepCard: RequestHandler<"netdev-lab/stepCard"> = {
  command: "netdev-lab/stepCard",
  needs: "stopped",
  shape: { agent: "string?" },
  handle({ agent }, session) {
    nextToAct(session, agent);
    return undefined;
  },
  after({ agent }, session) {
    step(session, nextToAct(session, agent));
  },
};
