import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { reference } from "../variables/toDap.ts";

export const scopes: RequestHandler<"scopes"> = {
  command: "scopes",
  needs: "stopped",
  shape: { frameId: "integer" },
  handle(args, session) {
    if (args.frameId < 0) return { scopes: [] };
    const frame = session.frames.frame(args.frameId);
    if (frame === null) throw new UserError(`there is no frame ${args.frameId}`);
    return {
      scopes: frame.parts().map((scope) => ({
        name: scope.name,
        expensive: scope.expensive === true,
        ...(scope.hint === undefined ? {} : { presentationHint: scope.hint }),
        ...reference(session, args.frameId, scope.name, scope.container),
      })),
    };
  },
};
