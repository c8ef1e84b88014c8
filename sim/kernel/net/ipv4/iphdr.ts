/** The IPv4 header (include/linux/ip.h) as a view over bytes. Multi-byte fields are in network order, as in C. */
import { field, nibble } from "./fields.ts";

const NO_BYTES = new Uint8Array(0);

/** IPv4 header: `iphdr.at(bytes, offset)` or `skb.nh.iph`; stores change the packet. */
export class iphdr {
  /** Bytes in the header. */
  static readonly size = 20;
  /** @internal */
  bytes: Uint8Array = NO_BYTES;
  declare version: number;
  /** Header length in words of 32 bits. */
  declare ihl: number;
  declare tos: number;
  declare tot_len: number;
  declare id: number;
  declare frag_off: number;
  declare ttl: number;
  declare protocol: number;
  declare check: number;
  declare saddr: number;
  declare daddr: number;

  /** The header that begins at `offset` of `bytes`. */
  static at(bytes: Uint8Array, offset = 0): iphdr {
    const header = new iphdr();
    header.bytes = offset === 0 ? bytes : bytes.subarray(offset);
    return header;
  }
}

nibble(iphdr.prototype, "version", 0, true);
nibble(iphdr.prototype, "ihl", 0, false);
field(iphdr.prototype, "tos", 1, 1);
field(iphdr.prototype, "tot_len", 2, 2);
field(iphdr.prototype, "id", 4, 2);
field(iphdr.prototype, "frag_off", 6, 2);
field(iphdr.prototype, "ttl", 8, 1);
field(iphdr.prototype, "protocol", 9, 1);
field(iphdr.prototype, "check", 10, 2);
field(iphdr.prototype, "saddr", 12, 4);
field(iphdr.prototype, "daddr", 16, 4);
