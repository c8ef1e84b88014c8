import { timelineSlice } from "../recording/slice.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: a stretch of the recording at the resolution of a picture. */
export const timeline: RequestHandler<"netdev-lab/timeline"> = {
  command: "netdev-lab/timeline",
  needs: "launched",
  shape: { axis: "string?", from: "number?", to: "number?", columns: "integer?", filter: "object?" },
  handle(args, session) {
    const { machine } = session.live;
    const { branch } = session.history;
    const now = { event: machine.journal.eventCount, timeNs: machine.nowNs };
    return timelineSlice(branch.record.recording, now, branch.id, args ?? {});
  },
};
