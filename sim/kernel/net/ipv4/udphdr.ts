/** The UDP header (include/linux/udp.h) as a view over bytes; fields in network order. */
import { field } from "./fields.ts";

const NO_BYTES = new Uint8Array(0);

/** UDP header: `udphdr.at(bytes, offset)` or `skb.h.uh`. */
export class udphdr {
  /** Bytes in the header. */
  static readonly size = 8;
  /** @internal */
  bytes: Uint8Array = NO_BYTES;
  declare source: number;
  declare dest: number;
  declare len: number;
  declare check: number;

  /** The header that begins at `offset` of `bytes`. */
  static at(bytes: Uint8Array, offset = 0): udphdr {
    const header = new udphdr();
    header.bytes = offset === 0 ? bytes : bytes.subarray(offset);
    return header;
  }
}

field(udphdr.prototype, "source", 0, 2);
field(udphdr.prototype, "dest", 2, 2);
field(udphdr.prototype, "len", 4, 2);
field(udphdr.prototype, "check", 6, 2);
