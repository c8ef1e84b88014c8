import type { RequestHandler } from "../requestHandler.ts";
import { hardwareState } from "../session/hardwareState.ts";

/** Custom request: registers and rings of the cards, without any effect on them. */
export const hardware: RequestHandler<"netdev-lab/hardware"> = {
  command: "netdev-lab/hardware",
  needs: "launched",
  handle(_args, session) {
    return hardwareState(session.live);
  },
};
