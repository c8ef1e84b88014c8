import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { stepInTargetsOf } from "../session/stepInTargets.ts";

/** What `stepIn` may step into: the calls of the statement, and interrupts that are pending on the CPU. */
export const stepInTargets: RequestHandler<"stepInTargets"> = {
  command: "stepInTargets",
  needs: "stopped",
  capabilities: { supportsStepInTargetsRequest: true },
  shape: { frameId: "integer" },
  handle(args, session) {
    const frame = args.frameId < 0 ? null : session.frames.frame(args.frameId);
    if (frame === null) throw new UserError(`there is no frame ${args.frameId}`);
    const { client } = session;
    return {
      targets: stepInTargetsOf(session.live, frame).map(({ id, label, range }) => ({
        id,
        label,
        ...(range === undefined
          ? {}
          : {
              line: client.line(range.line),
              column: client.column(range.column),
              endLine: client.line(range.endLine),
              endColumn: client.column(range.endColumn),
            }),
      })),
    };
  },
};
