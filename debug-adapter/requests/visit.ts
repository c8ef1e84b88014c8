import { bindToLine } from "../breakpoints/bind.ts";
import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { visitsOf } from "../time/visits.ts";

/** Custom request: to the previous or next time that a line is reached in the recording, by any CPU or by one. */
export const visit: RequestHandler<"netdev-lab/visit"> = {
  command: "netdev-lab/visit",
  needs: "stopped",
  shape: { direction: "string", source: "object", line: "integer", threadId: "integer?" },
  handle(args, session) {
    if (args.direction !== "previous" && args.direction !== "next")
      throw new UserError(`direction must be previous or next, not "${args.direction}"`);
    const module = session.breakpoints.module(args.source);
    const binding = module === null ? null : bindToLine(module, session.client.ourLine(args.line), undefined);
    if (binding === null || !binding.verified)
      throw new UserError(binding?.message ?? "this file is not part of the program");
    return undefined;
  },
  after(args, session) {
    const module = session.breakpoints.module(args.source)!;
    const { targets } = bindToLine(module, session.client.ourLine(args.line), undefined);
    const look = visitsOf(targets, args.threadId === undefined ? null : args.threadId - 1);
    return session.journeys.go(async (travel, now, timeline) => {
      const found =
        args.direction === "previous"
          ? await travel.lastStop(now, look)
          : await travel.nextStop(now, timeline.branch.end, look);
      if (found === null)
        session.output(
          "console",
          `Line ${args.line} is not reached ${args.direction === "next" ? "again" : "before"} in the recording.\n`,
        );
      return found ?? { moment: now, reason: "goto", cpu: session.lastCpu };
    });
  },
};
