import { argumentProblem } from "../argumentCheck.ts";
import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { type LaunchArguments, launchShape } from "../session/launchArguments.ts";

/** The same seed and schedule from the start, with the program as it is on disk now, on a fresh machine. */
export const restart: RequestHandler<"restart"> = {
  command: "restart",
  needs: "launched",
  capabilities: { supportsRestartRequest: true },
  shape: { arguments: "object?" },
  handle(args, session) {
    const launch = args.arguments as LaunchArguments | undefined;
    const problem = launch === undefined ? null : argumentProblem("restart", launch, launchShape);
    if (problem !== null) throw new UserError(problem, { show: true });
    session.restart(launch);
    return undefined;
  },
};
