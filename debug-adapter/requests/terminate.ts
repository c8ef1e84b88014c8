import type { RequestHandler } from "../requestHandler.ts";

export const terminate: RequestHandler<"terminate"> = {
  command: "terminate",
  capabilities: { supportsTerminateRequest: true },
  shape: { restart: "boolean?" },
  handle() {
    return undefined;
  },
  after(_args, session) {
    session.terminate();
  },
};
