import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Text of the simulated kernel; files of the user are read by the client. */
export const source: RequestHandler<"source"> = {
  command: "source",
  shape: { source: "object?", sourceReference: "integer" },
  handle(args, session) {
    const reference = args.source?.sourceReference ?? args.sourceReference;
    if (reference > 0) return { content: session.sources.text(reference), mimeType: "text/typescript" };
    const path = args.source?.path;
    const text = path === undefined ? null : session.files.read(session.client.ourPath(path));
    if (text === null) throw new UserError(`there is no source ${path ?? reference}`);
    return { content: text, mimeType: "text/typescript" };
  },
};
