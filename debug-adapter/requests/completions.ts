import type { RequestHandler } from "../requestHandler.ts";
import { completionsAt } from "../session/completions.ts";

/** Locals, then the module's names, then the driver-facing API; members behind a dot. */
export const completions: RequestHandler<"completions"> = {
  command: "completions",
  needs: "stopped",
  capabilities: { supportsCompletionsRequest: true, completionTriggerCharacters: ["."] },
  shape: { text: "string", column: "integer", line: "integer?", frameId: "integer?" },
  handle(args, session) {
    const line = session.client.ourLine(args.line ?? session.client.line(1));
    const text = args.text.split("\n")[line - 1] ?? "";
    const column = session.client.ourColumn(args.column);
    return { targets: completionsAt(session, session.frames.frame(args.frameId), text.slice(0, column - 1)) };
  },
};
