import type { RequestHandler } from "../requestHandler.ts";

/** Nothing runs before this: breakpoints in the first function of the model must hit. */
export const configurationDone: RequestHandler<"configurationDone"> = {
  command: "configurationDone",
  capabilities: { supportsConfigurationDoneRequest: true },
  handle() {
    return undefined;
  },
  after(_args, session) {
    session.configured();
  },
};
