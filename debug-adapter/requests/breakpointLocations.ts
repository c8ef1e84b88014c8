import { statementsWithin } from "../breakpoints/locate.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Where statements begin within a range of lines. */
export const breakpointLocations: RequestHandler<"breakpointLocations"> = {
  command: "breakpointLocations",
  capabilities: { supportsBreakpointLocationsRequest: true },
  shape: {
    source: "object",
    line: "integer",
    column: "integer?",
    endLine: "integer?",
    endColumn: "integer?",
  },
  handle(args, session) {
    const { client } = session;
    const module = session.breakpoints.module(args.source);
    if (module === null) return { breakpoints: [] };
    const within = statementsWithin(module, {
      line: client.ourLine(args.line),
      column: args.column === undefined ? 1 : client.ourColumn(args.column),
      endLine: client.ourLine(args.endLine ?? args.line),
      endColumn: args.endColumn === undefined ? Number.POSITIVE_INFINITY : client.ourColumn(args.endColumn),
    });
    return {
      breakpoints: within.map(({ info }) => ({
        line: client.line(info.line),
        column: client.column(info.column),
        endLine: client.line(info.endLine),
        endColumn: client.column(info.endColumn),
      })),
    };
  },
};
