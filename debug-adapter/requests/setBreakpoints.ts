import { UserError } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import type { RequestHandler } from "../requestHandler.ts";

export const setBreakpoints: RequestHandler<"setBreakpoints"> = {
  command: "setBreakpoints",
  capabilities: {
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
  },
  shape: { source: "object", breakpoints: "array?", lines: "array?" },
  handle(args, session) {
    const specs: Dap.SourceBreakpoint[] = args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
    for (const spec of specs)
      if (!Number.isSafeInteger(spec?.line)) throw new UserError("setBreakpoints: a breakpoint needs a line");
    const breakpoints = session.breakpoints.setSource(args.source, specs);
    return { breakpoints: breakpoints.map((breakpoint) => session.breakpoints.describe(breakpoint)) };
  },
};
