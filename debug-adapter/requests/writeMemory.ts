import { UserError } from "../errors.ts";
import { fromBase64 } from "../memory/base64.ts";
import { finder, memoryAt } from "../memory/memory.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** Changes bytes; part of the history. Registers are written by the driver alone. */
export const writeMemory: RequestHandler<"writeMemory"> = {
  command: "writeMemory",
  needs: "stopped",
  capabilities: { supportsWriteMemoryRequest: true },
  shape: { memoryReference: "string", offset: "integer?", allowPartial: "boolean?", data: "string" },
  handle(args, session) {
    const { memoryReference: reference, offset = 0 } = args;
    const bytes = fromBase64(args.data);
    const memory = memoryAt(session, reference);
    if (memory.write === undefined)
      throw new UserError(`${reference} is a card's registers: only the driver writes them`);
    const room = offset < 0 ? 0 : Math.max(0, memory.size - offset);
    if (bytes.length > room && args.allowPartial !== true)
      throw new UserError(
        `${bytes.length} bytes do not fit at offset ${offset} of ${reference}: there are ${room}`,
      );
    const find = finder(session, reference);
    let written = 0;
    session.intervene(`write ${bytes.length} bytes at ${reference}+${offset}`, (run) => {
      if (room > 0) written = find(run)?.write?.(offset, bytes) ?? 0;
    });
    return { bytesWritten: written };
  },
  after({ memoryReference, offset = 0, data }, session) {
    const { client } = session;
    const count = fromBase64(data).length;
    if (client.supportsMemory) session.event("memory", { memoryReference, offset, count });
    if (client.supportsInvalidated) session.event("invalidated", { areas: ["variables"] });
  },
};
