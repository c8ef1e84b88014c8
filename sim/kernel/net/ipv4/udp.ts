/** UDP, as far as workloads need it (net/ipv4/udp.c). */
import { htonl, htons, ntohs } from "../../lib/byteorder.ts";
import { skb_checksum } from "../core/skb_copy.ts";
import { CHECKSUM_UNNECESSARY, release_skb, type sk_buff } from "../core/skbuff.ts";
import { csum_tcpudp_magic } from "./checksum.ts";
import { load16, store16 } from "./fields.ts";
import type { in_device } from "./in_device.ts";
import { IPPROTO_UDP } from "./ip_output.ts";

/** Bytes in a UDP header. */
export const UDP_HLEN = 8;

/** Takes a datagram (IP header already checked and pulled); counts it and consumes the packet (net/ipv4/udp.c: udp_rcv). */
export function udp_rcv(skb: sk_buff, in_dev: in_device, saddr: number, daddr: number): void {
  if (is_good(skb, saddr, daddr)) in_dev.udp_received++;
  release_skb("udp_rcv", skb);
}

function is_good(skb: sk_buff, saddr: number, daddr: number): boolean {
  const uh = skb.data;
  if (uh.length < UDP_HLEN) return false;
  const length = ntohs(load16(uh, 4));
  if (length < UDP_HLEN || length > skb.len) return false;
  return (
    skb.ip_summed === CHECKSUM_UNNECESSARY || load16(uh, 6) === 0 || udp_sum(skb, length, saddr, daddr) === 0
  );
}

/** Checksum over pseudo header, header and data; the packet's data begins with the UDP header. */
function udp_sum(skb: sk_buff, length: number, saddr: number, daddr: number): number {
  const sum = skb_checksum(skb, 0, length, 0);
  return csum_tcpudp_magic(htonl(saddr) >>> 0, htonl(daddr) >>> 0, length, IPPROTO_UDP, sum);
}

/** Writes the header into the first bytes of a packet whose data is header and payload (net/ipv4/udp.c: udp_push_pending_frames). */
export function udp_build_header(
  skb: sk_buff,
  sport: number,
  dport: number,
  saddr: number,
  daddr: number,
): void {
  const uh = skb.data;
  store16(uh, 0, htons(sport));
  store16(uh, 2, htons(dport));
  store16(uh, 4, htons(skb.len));
  store16(uh, 6, 0);
  const check = udp_sum(skb, skb.len, saddr, daddr);
  store16(uh, 6, check === 0 ? 0xffff : check);
  skb.h.raw = uh;
}
