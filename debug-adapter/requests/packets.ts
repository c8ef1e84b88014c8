import type { RequestHandler } from "../requestHandler.ts";

const PAGE = 500;

/** Custom request: the socket buffers of the recording. */
export const packets: RequestHandler<"netdev-lab/packets"> = {
  command: "netdev-lab/packets",
  needs: "launched",
  shape: { start: "integer?", count: "integer?" },
  handle(args, session) {
    const log = session.history.branch.record.packets;
    return { packets: log.list(args?.start ?? 0, args?.count ?? PAGE), total: log.size };
  },
};
