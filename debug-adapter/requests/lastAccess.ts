import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { DataBreakpoint } from "../watchpoints/dataBreakpoints.ts";
import { findTarget } from "../watchpoints/findTarget.ts";
import { dataIdOf } from "../watchpoints/target.ts";
import { dataBreakpointInfo } from "./dataBreakpointInfo.ts";

const breakpoints = new WeakMap<object, DataBreakpoint>();

/** Custom request: back to where a value was written last, or a lock changed hands. */
export const lastAccess: RequestHandler<"netdev-lab/lastAccess"> = {
  command: "netdev-lab/lastAccess",
  needs: "stopped",
  shape: { ...dataBreakpointInfo.shape, accessType: "string?" },
  handle(args, session) {
    const found = findTarget(session, args);
    if (typeof found === "string") throw new UserError(found);
    const spec = { dataId: dataIdOf(found), accessType: args.accessType ?? "write" };
    breakpoints.set(args, new DataBreakpoint(0, spec));
    return undefined;
  },
  after(args, session) {
    return session.journeys.lastAccess(breakpoints.get(args)!);
  },
};
