/** Ethernet frames: lengths, protocol numbers and the header (include/linux/if_ether.h). */

import { field } from "../ipv4/fields.ts";

/** Bytes in an Ethernet address. */
export const ETH_ALEN = 6;
/** Bytes in an Ethernet header. */
export const ETH_HLEN = 14;
/** Least length of a frame without checksum. */
export const ETH_ZLEN = 60;
/** Most bytes of payload. */
export const ETH_DATA_LEN = 1500;
/** Most bytes in a frame without checksum. */
export const ETH_FRAME_LEN = 1514;

/** Internet Protocol. */
export const ETH_P_IP = 0x0800;
/** Address resolution. */
export const ETH_P_ARP = 0x0806;
/** 802.1Q VLAN. */
export const ETH_P_8021Q = 0x8100;
/** IPv6. */
export const ETH_P_IPV6 = 0x86dd;
/** IPX over DIX. */
export const ETH_P_IPX = 0x8137;
/** Loopback test frames. */
export const ETH_P_LOOP = 0x0060;
/** Frames of 802.3 with a length instead of a type. */
export const ETH_P_802_3 = 0x0001;
/** 802.2 frames. */
export const ETH_P_802_2 = 0x0004;
/** Every packet: what a tap asks for. */
export const ETH_P_ALL = 0x0003;

const NO_BYTES = new Uint8Array(0);

/**
 * An Ethernet header in a frame: a view over its bytes, so that stores change the frame. `h_proto` is in network order
 * as in C (`eth.h_proto = htons(ETH_P_IP)`). Made by `ethhdr.at(bytes)`, `eth_hdr(skb)` or `skb.mac.ethernet`.
 */
export class ethhdr {
  /** Bytes in the header. */
  static readonly size = ETH_HLEN;
  h_dest: Uint8Array = NO_BYTES;
  h_source: Uint8Array = NO_BYTES;
  /** Protocol (network order) or, below 1536, the length of an 802.3 frame. */
  declare h_proto: number;
  /** @internal */
  bytes: Uint8Array = NO_BYTES;

  /** The header that begins at `offset` of `bytes`. */
  static at(bytes: Uint8Array, offset = 0): ethhdr {
    const eth = new ethhdr();
    eth.bytes = bytes.subarray(offset, offset + ETH_HLEN);
    eth.h_dest = eth.bytes.subarray(0, ETH_ALEN);
    eth.h_source = eth.bytes.subarray(ETH_ALEN, 2 * ETH_ALEN);
    return eth;
  }
}

field(ethhdr.prototype, "h_proto", 12, 2);
