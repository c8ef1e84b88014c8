/** Receiving IPv4 and ARP (net/ipv4/ip_input.c, net/ipv4/arp.c). */
import { htons, ntohl, ntohs } from "../../lib/byteorder.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { IFF_NOARP } from "../core/if.ts";
import { ARPOP_REPLY, ARPOP_REQUEST } from "../core/if_arp.ts";
import type { net_device } from "../core/net_device.ts";
import { LL_MAX_HEADER } from "../core/netdev_constants.ts";
import { skb_share_check } from "../core/skb_copy.ts";
import { __skb_pull, skb_put, skb_reserve, skb_trim } from "../core/skb_data.ts";
import { __alloc_skb, PACKET_OTHERHOST, release_skb, type sk_buff } from "../core/skbuff.ts";
import { dev_add_pack, packet_type } from "../core/taps.ts";
import { ETH_P_ARP, ETH_P_IP } from "../ethernet/if_ether.ts";
import { ip_fast_csum } from "./checksum.ts";
import { is_local_address } from "./devinet.ts";
import { load16, load32, store16, store32 } from "./fields.ts";
import { icmp_rcv } from "./icmp.ts";
import { IPPROTO_ICMP, IPPROTO_UDP, neigh_output } from "./ip_output.ts";
import { udp_rcv } from "./udp.ts";

const ip_packet_type = new packet_type();
const arp_packet_type = new packet_type();

/** Starts IPv4 (net/ipv4/af_inet.c: inet_init). */
export function inet_init(): void {
  ip_packet_type.type = htons(ETH_P_IP);
  ip_packet_type.func = ip_rcv;
  arp_packet_type.type = htons(ETH_P_ARP);
  arp_packet_type.func = arp_rcv;
  ip_packet_type.internal = true;
  arp_packet_type.internal = true;
  dev_add_pack(ip_packet_type);
  dev_add_pack(arp_packet_type);
}

function drop(skb: sk_buff): number {
  release_skb("ip_rcv", skb);
  return 1;
}

/** An IP packet has come; consumes it (net/ipv4/ip_input.c: ip_rcv, ip_local_deliver). */
function ip_rcv(packet: sk_buff, dev: net_device): number {
  if (packet.pkt_type === PACKET_OTHERHOST) return drop(packet);
  const skb = skb_share_check(packet, GFP_ATOMIC);
  if (skb === null) return 1;
  const iph = skb.data;
  const in_dev = dev.ip_ptr;
  const ihl = (iph[0] ?? 0) & 0x0f;
  if (in_dev === null || iph.length < ihl * 4 || ihl < 5 || iph[0]! >> 4 !== 4) return drop(skb);
  const tot_len = ntohs(load16(iph, 2));
  if (ip_fast_csum(iph, ihl) !== 0 || tot_len > skb.len || tot_len < ihl * 4) return drop(skb);
  skb_trim(skb, tot_len);
  const saddr = ntohl(load32(iph, 12)) >>> 0;
  const daddr = ntohl(load32(iph, 16)) >>> 0;
  const for_us = is_local_address(daddr) || daddr === 0xffffffff || daddr >>> 28 === 0xe;
  if (!for_us || is_local_address(saddr)) return drop(skb);
  const protocol = iph[9];
  __skb_pull(skb, ihl * 4);
  skb.h.raw = skb.data;
  if (protocol === IPPROTO_ICMP) icmp_rcv(skb, in_dev, saddr);
  else if (protocol === IPPROTO_UDP) udp_rcv(skb, in_dev, saddr, daddr);
  else return drop(skb);
  return 0;
}

const ARP_LENGTH = 28;

/** An ARP packet has come: answers requests for our address, learns the peer's (net/ipv4/arp.c: arp_rcv, arp_process). */
function arp_rcv(packet: sk_buff, dev: net_device): number {
  const skb = skb_share_check(packet, GFP_ATOMIC);
  if (skb === null) return 1;
  const in_dev = dev.ip_ptr;
  const arp = skb.data;
  if (in_dev !== null && arp.length >= ARP_LENGTH && !(dev.flags & IFF_NOARP)) {
    const sender = ntohl(load32(arp, 14)) >>> 0;
    const target = ntohl(load32(arp, 24)) >>> 0;
    if (sender === in_dev.peer) in_dev.peer_ha = arp.slice(8, 14);
    if (ntohs(load16(arp, 6)) === ARPOP_REQUEST && target === in_dev.address) arp_answer(dev, arp);
  }
  release_skb("arp_rcv", skb);
  return 0;
}

function arp_answer(dev: net_device, request: Uint8Array): void {
  const skb = __alloc_skb("arp_send", LL_MAX_HEADER + ARP_LENGTH, GFP_ATOMIC, false);
  if (skb === null) return;
  skb_reserve(skb, LL_MAX_HEADER);
  const arp = skb_put(skb, ARP_LENGTH);
  arp.set(request.subarray(0, 8));
  store16(arp, 6, htons(ARPOP_REPLY));
  arp.set(dev.dev_addr.subarray(0, 6), 8);
  store32(arp, 14, load32(request, 24));
  arp.set(request.subarray(8, 18), 18);
  skb.protocol = htons(ETH_P_ARP);
  skb.nh.raw = skb.data;
  neigh_output(skb, dev, ETH_P_ARP, request.slice(8, 14));
}
