import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { seekMoment } from "../time/seek.ts";

/** Custom request: to any moment of the recording. */
export const seek: RequestHandler<"netdev-lab/seek"> = {
  command: "netdev-lab/seek",
  needs: "stopped",
  shape: {
    tick: "integer?",
    statement: "integer?",
    timeNs: "number?",
    event: "integer?",
    timeline: "integer?",
    end: "boolean?",
  },
  handle(args) {
    const named = [args.tick, args.statement, args.timeNs, args.event, args.end].filter(
      (x) => x !== undefined,
    );
    if (named.length > 1 || (named.length === 0 && args.timeline === undefined))
      throw new UserError("seek: name one of tick, statement, timeNs, event, end (or a timeline)");
    return undefined;
  },
  after(args, session) {
    return session.journeys.go((_travel, _now, timeline, goOn) => seekMoment(args, timeline, goOn));
  },
};
