import type { RequestHandler } from "../requestHandler.ts";

/** Custom request: the recorded histories, and where they parted. */
export const timelines: RequestHandler<"netdev-lab/timelines"> = {
  command: "netdev-lab/timelines",
  needs: "launched",
  handle(_args, session) {
    const { branches, branch: current } = session.history;
    return {
      timelines: branches.map(({ id, parent, forkedAt, end, interventions, record: { recording } }) => ({
        id,
        parent,
        current: id === current.id,
        forkedAt: forkedAt.ticks,
        end: end.ticks,
        events: recording.next,
        changes: interventions.map(({ at, what }) => ({ statement: at.ticks, what })),
        violations: recording.entries
          .filter(({ track }) => track.kind === "violation")
          .map(({ n, text }) => ({ event: n, text })),
      })),
    };
  },
};
