/** Sending IPv4 (net/ipv4/ip_output.c): header, checksum, link layer header, dev_queue_xmit. */
import { driver_call } from "machine";
import { htonl, htons } from "../../lib/byteorder.ts";
import { EINVAL } from "../../lib/errno.ts";
import type { net_device } from "../core/net_device.ts";
import { skb_push } from "../core/skb_data.ts";
import { release_skb, type sk_buff } from "../core/skbuff.ts";
import { dev_queue_xmit } from "../core/xmit.ts";
import { ETH_P_IP } from "../ethernet/if_ether.ts";
import { ip_fast_csum } from "./checksum.ts";
import { store16, store32 } from "./fields.ts";

/** Bytes in an IP header without options. */
export const IP_HLEN = 20;
/** Internet control messages. */
export const IPPROTO_ICMP = 1;
/** TCP. */
export const IPPROTO_TCP = 6;
/** UDP. */
export const IPPROTO_UDP = 17;

let ip_ident = 0;

/** Puts an IP header in front of the data; addresses in host order (net/ipv4/ip_output.c: ip_push_pending_frames). */
export function ip_build_header(skb: sk_buff, saddr: number, daddr: number, protocol: number): void {
  const bytes = skb_push(skb, IP_HLEN);
  bytes[0] = 0x45;
  bytes[1] = 0;
  store16(bytes, 2, htons(skb.len));
  ip_ident = (ip_ident + 1) & 0xffff;
  store16(bytes, 4, htons(ip_ident));
  store16(bytes, 6, htons(0x4000));
  bytes[8] = 64;
  bytes[9] = protocol;
  store16(bytes, 10, 0);
  store32(bytes, 12, htonl(saddr) >>> 0);
  store32(bytes, 16, htonl(daddr) >>> 0);
  store16(bytes, 10, ip_fast_csum(bytes, 5));
  skb.nh.raw = bytes;
  skb.protocol = htons(ETH_P_IP);
}

/**
 * Puts the link layer header in front and sends (net/core/neighbour.c: neigh_connected_output and, for drivers whose hard_header
 * leaves the address to rebuild_header, neigh_compat_output). Consumes the packet.
 */
export function neigh_output(skb: sk_buff, dev: net_device, protocol: number, ha: Uint8Array): number {
  skb.dev = dev;
  if (dev.hard_header !== null) {
    const length = driver_call("hard_header", dev, dev.hard_header, skb, dev, protocol, ha, null, skb.len);
    if (length < 0) {
      const missing =
        dev.rebuild_header === null ? 1 : driver_call("rebuild_header", dev, dev.rebuild_header, skb);
      if (missing) {
        release_skb("neigh_connected_output", skb);
        return -EINVAL;
      }
    }
    skb.mac.raw = skb.data;
  }
  return dev_queue_xmit(skb);
}
