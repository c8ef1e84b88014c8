import { UserError } from "../errors.ts";
import { toBase64 } from "../memory/base64.ts";
import { memoryAt, referenceOfAddress } from "../memory/memory.ts";
import type { RequestHandler } from "../requestHandler.ts";

const MOST_BYTES = 1 << 24;

/** Bytes of a variable, a DMA mapping or a card's registers; never with an effect. */
export const readMemory: RequestHandler<"readMemory"> = {
  command: "readMemory",
  needs: "stopped",
  capabilities: { supportsReadMemoryRequest: true },
  shape: { memoryReference: "string", offset: "integer?", count: "integer" },
  handle(args, session) {
    if (args.count < 0 || args.count > MOST_BYTES)
      throw new UserError(`readMemory: count must be between 0 and ${MOST_BYTES}, not ${args.count}`);
    const memory = memoryAt(session, args.memoryReference);
    const offset = args.offset ?? 0;
    const before = Math.min(args.count, Math.max(0, -offset));
    const bytes = before > 0 ? new Uint8Array(0) : memory.read(offset, args.count);
    const missing = args.count - bytes.length;
    return {
      address: referenceOfAddress(Math.max(0, memory.address + offset)),
      ...(bytes.length === 0 ? {} : { data: toBase64(bytes) }),
      ...(missing > 0 ? { unreadableBytes: missing } : {}),
    };
  },
};
