import type { RequestHandler } from "../requestHandler.ts";

/** The session ends; there is nothing that could go on without its debugger. */
export const disconnect: RequestHandler<"disconnect"> = {
  command: "disconnect",
  needs: "any",
  capabilities: { supportTerminateDebuggee: true },
  shape: { restart: "boolean?", terminateDebuggee: "boolean?" },
  handle(_args, session) {
    session.disconnect();
    return undefined;
  },
};
