import { isMode, MODES } from "../breakpoints/modes.ts";
import { UserError } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import type { RequestHandler } from "../requestHandler.ts";

export const setBreakpoints: RequestHandler<"setBreakpoints"> = {
  command: "setBreakpoints",
  capabilities: {
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    breakpointModes: MODES,
  },
  shape: { source: "object", breakpoints: "array?", lines: "array?" },
  handle(args, session) {
    const specs: Dap.SourceBreakpoint[] = args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
    for (const spec of specs)
      if (!Number.isSafeInteger(spec?.line)) throw new UserError("setBreakpoints: a breakpoint needs a line");
    for (const { mode } of specs)
      if (mode !== undefined && !isMode(mode))
        throw new UserError(
          `there is no mode "${mode}"; there are ${MODES.map((one) => one.mode).join(", ")}`,
        );
    const breakpoints = session.breakpoints.setSource(args.source, specs);
    session.stopsChanged();
    return { breakpoints: breakpoints.map((breakpoint) => session.breakpoints.describe(breakpoint)) };
  },
};
