import { eventRows } from "../recording/slice.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: the recording as text, a page at a time. */
export const events: RequestHandler<"netdev-lab/events"> = {
  command: "netdev-lab/events",
  needs: "launched",
  shape: { from: "integer?", backwards: "boolean?", count: "integer?", filter: "object?", kinds: "array?" },
  handle(args, session) {
    return eventRows(session.history.branch.record.recording, args ?? {});
  },
};
