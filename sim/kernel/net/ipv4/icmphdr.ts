/** The ICMP header (include/linux/icmp.h) as a view over bytes; fields in network order. */
import { field } from "./fields.ts";

/** Answer to an echo request. */
export const ICMP_ECHOREPLY = 0;
/** Somebody or something cannot be reached. */
export const ICMP_DEST_UNREACH = 3;
/** Echo request: ping. */
export const ICMP_ECHO = 8;

const NO_BYTES = new Uint8Array(0);

/** ICMP header: `icmphdr.at(bytes, offset)` or `skb.h.icmph`. C's `un.echo.id` is `id`, `un.echo.sequence` is `sequence`. */
export class icmphdr {
  /** Bytes in the header. */
  static readonly size = 8;
  /** @internal */
  bytes: Uint8Array = NO_BYTES;
  declare type: number;
  declare code: number;
  declare checksum: number;
  declare id: number;
  declare sequence: number;

  /** The header that begins at `offset` of `bytes`. */
  static at(bytes: Uint8Array, offset = 0): icmphdr {
    const header = new icmphdr();
    header.bytes = offset === 0 ? bytes : bytes.subarray(offset);
    return header;
  }
}

field(icmphdr.prototype, "type", 0, 1);
field(icmphdr.prototype, "code", 1, 1);
field(icmphdr.prototype, "checksum", 2, 2);
field(icmphdr.prototype, "id", 4, 2);
field(icmphdr.prototype, "sequence", 6, 2);
