/** Ethernet (net/ethernet/eth.c, include/linux/etherdevice.h). */
import { emit, random_u32 } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { KERN_DEBUG, printk } from "../../kernel/printk.ts";
import { htons, ntohs } from "../../lib/byteorder.ts";
import { EADDRNOTAVAIL, EBUSY, EINVAL } from "../../lib/errno.ts";
import { IFF_BROADCAST, IFF_LOOPBACK, IFF_MULTICAST, IFF_NOARP } from "../core/if.ts";
import { ARPHRD_ETHER } from "../core/if_arp.ts";
import type { sockaddr } from "../core/ifreq.ts";
import { need_dev, type net_device } from "../core/net_device.ts";
import { netif_running } from "../core/netif.ts";
import { skb_pull, skb_push } from "../core/skb_data.ts";
import {
  need_skb,
  PACKET_BROADCAST,
  PACKET_MULTICAST,
  PACKET_OTHERHOST,
  type sk_buff,
} from "../core/skbuff.ts";
import type { hh_cache } from "./hh_cache.ts";
import { ETH_ALEN, ETH_DATA_LEN, ETH_HLEN, ETH_P_802_2, ETH_P_802_3, ETH_P_IP, ethhdr } from "./if_ether.ts";

/**
 * Builds an Ethernet header in front of the data.
 * @param type protocol in host order (ETH_P_802_3: `len` goes into the header instead)
 * @param daddr destination, or null if it is not known yet
 * @param saddr source, or null: the device's
 * @returns the header's length, or minus that if the destination is missing
 * @context process or softirq. Linux net/ethernet/eth.c: eth_header
 */
export function eth_header(
  skb: sk_buff,
  dev: net_device,
  type: number,
  daddr: Uint8Array | null,
  saddr: Uint8Array | null,
  len: number,
): number {
  need_dev("eth_header", dev);
  const eth = ethhdr.at(skb_push(skb, ETH_HLEN));
  eth.h_proto = htons(type !== ETH_P_802_3 ? type : len);
  eth.h_source.set((saddr ?? dev.dev_addr).subarray(0, ETH_ALEN));
  if (dev.flags & (IFF_LOOPBACK | IFF_NOARP)) {
    eth.h_dest.fill(0);
    return ETH_HLEN;
  }
  if (daddr === null) return -ETH_HLEN;
  eth.h_dest.set(daddr.subarray(0, ETH_ALEN));
  return ETH_HLEN;
}

/**
 * Completes a header whose destination was not known. Here addresses are known before, so it has nothing to add.
 * @returns 0: the packet may go
 * @context process or softirq. Linux net/ethernet/eth.c: eth_rebuild_header
 */
export function eth_rebuild_header(skb: sk_buff): number {
  need_skb("eth_rebuild_header", skb);
  const dev = skb.dev!;
  const eth = ethhdr.at(skb.data);
  if (eth.h_proto !== htons(ETH_P_IP)) {
    printk(
      `${KERN_DEBUG}${dev.name}: unable to resolve type ${ntohs(eth.h_proto).toString(16)} addresses.\n`,
    );
    eth.h_source.set(dev.dev_addr.subarray(0, ETH_ALEN));
  }
  return 0;
}

/** rebuild_header of a device that has none: a bug trap (net/core/dev.c: default_rebuild_header). */
export function default_rebuild_header(skb: sk_buff): number {
  printk(`${KERN_DEBUG}${skb.dev?.name ?? "NULL!!!"}: default_rebuild_header called -- BUG!\n`);
  return 1;
}

/**
 * Reads and takes off the Ethernet header: sets `skb.mac`, `skb.pkt_type` (from `skb.dev`) and pulls 14 bytes. Needs `skb.dev`,
 * or set it at once afterwards as the parameter says.
 * @returns the protocol in network order, for `skb.protocol`
 * @context any. Linux net/ethernet/eth.c: eth_type_trans
 */
export function eth_type_trans(skb: sk_buff, dev: net_device): number {
  need_skb("eth_type_trans", skb);
  need_dev("eth_type_trans", dev);
  const frame = skb.data;
  emit({ type: "bytes-accessed", bytes: frame, size: ETH_HLEN, write: false, fn: "eth_type_trans" });
  skb.mac.raw = frame;
  skb_pull(skb, ETH_HLEN);
  skb.input_dev = dev;
  if (frame.length < ETH_HLEN) return htons(ETH_P_802_2);
  if (frame[0]! & 1) skb.pkt_type = is_broadcast(frame) ? PACKET_BROADCAST : PACKET_MULTICAST;
  else if (!same(frame, dev.dev_addr)) skb.pkt_type = PACKET_OTHERHOST;
  const proto = (frame[12]! << 8) | frame[13]!;
  if (proto >= 1536) return htons(proto);
  return htons(frame[14] === 0xff && frame[15] === 0xff ? ETH_P_802_3 : ETH_P_802_2);
}

function is_broadcast(addr: Uint8Array): boolean {
  for (let i = 0; i < ETH_ALEN; i++) if (addr[i] !== 0xff) return false;
  return true;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < ETH_ALEN; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Copies the source address of a frame. @returns its length @context any. Linux net/ethernet/eth.c: eth_header_parse */
export function eth_header_parse(skb: sk_buff, haddr: Uint8Array): number {
  need_skb("eth_header_parse", skb);
  if (skb.mac.raw !== null) haddr.set(skb.mac.raw.subarray(ETH_ALEN, 2 * ETH_ALEN));
  return ETH_ALEN;
}

/** Fills a header cache. @noEffect the stack builds each header anew. Linux net/ethernet/eth.c: eth_header_cache */
export function eth_header_cache(
  neigh: { readonly ha: Uint8Array; readonly dev: net_device },
  hh: hh_cache,
): number {
  hh.hh_len = ETH_HLEN;
  hh.hh_data.set(neigh.ha.subarray(0, ETH_ALEN), 2);
  hh.hh_data.set(neigh.dev.dev_addr.subarray(0, ETH_ALEN), 2 + ETH_ALEN);
  return 0;
}

/** Changes the address in a header cache. @noEffect the stack builds each header anew. Linux net/ethernet/eth.c: eth_header_cache_update */
export function eth_header_cache_update(hh: hh_cache, _dev: net_device, haddr: Uint8Array): void {
  hh.hh_data.set(haddr.subarray(0, ETH_ALEN), 2);
}

/** set_mac_address of Ethernet: only while the device is down. @returns 0, or -EBUSY @context rtnl held. Linux net/ethernet/eth.c: eth_mac_addr */
export function eth_mac_addr(dev: net_device, addr: sockaddr): number {
  need_dev("eth_mac_addr", dev);
  if (netif_running(dev)) return -EBUSY;
  if (!is_valid_ether_addr(addr.sa_data)) return -EADDRNOTAVAIL;
  dev.dev_addr.set(addr.sa_data.subarray(0, dev.addr_len));
  return 0;
}

/** change_mtu of Ethernet: 68 to 1500. @returns 0, or -EINVAL @context rtnl held. Linux net/ethernet/eth.c: eth_change_mtu */
export function eth_change_mtu(dev: net_device, new_mtu: number): number {
  need_dev("eth_change_mtu", dev);
  if (new_mtu < 68 || new_mtu > ETH_DATA_LEN) return -EINVAL;
  dev.mtu = new_mtu;
  return 0;
}

/** Fills in what Ethernet devices have in common. @context before registering. Linux net/ethernet/eth.c: ether_setup */
export function ether_setup(dev: net_device): void {
  need_dev("ether_setup", dev);
  dev.change_mtu = eth_change_mtu;
  dev.hard_header = eth_header;
  dev.rebuild_header = eth_rebuild_header;
  dev.set_mac_address = eth_mac_addr;
  dev.hard_header_cache = eth_header_cache;
  dev.header_cache_update = eth_header_cache_update;
  dev.hard_header_parse = eth_header_parse;
  dev.type = ARPHRD_ETHER;
  dev.hard_header_len = ETH_HLEN;
  dev.mtu = ETH_DATA_LEN;
  dev.addr_len = ETH_ALEN;
  dev.tx_queue_len = 1000;
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.broadcast.fill(0xff);
}

/** Copies a received frame into a packet (and would sum it up). @context any. Linux include/linux/etherdevice.h: eth_copy_and_sum */
export function eth_copy_and_sum(dest: sk_buff, src: Uint8Array, len: number, _base: number): void {
  need_skb("eth_copy_and_sum", dest, "dest");
  check_arg("eth_copy_and_sum", "src", src, "bytes");
  dest.data.set(src.subarray(0, len));
}

/** The Ethernet header of a received packet (after eth_type_trans). @context any. Linux include/linux/if_ether.h: eth_hdr */
export function eth_hdr(skb: sk_buff): ethhdr {
  need_skb("eth_hdr", skb);
  check_arg("eth_hdr", "skb.mac.raw", skb.mac.raw, "bytes");
  return ethhdr.at(skb.mac.raw!);
}

/** 1 if all six bytes are 0. @context any. Linux include/linux/etherdevice.h: is_zero_ether_addr */
export function is_zero_ether_addr(addr: Uint8Array): number {
  check_arg("is_zero_ether_addr", "addr", addr, "bytes");
  for (let i = 0; i < ETH_ALEN; i++) if (addr[i]) return 0;
  return 1;
}

/** 1 if the address is a group's. @context any. Linux include/linux/etherdevice.h: is_multicast_ether_addr */
export function is_multicast_ether_addr(addr: Uint8Array): number {
  check_arg("is_multicast_ether_addr", "addr", addr, "bytes");
  return addr[0]! & 1;
}

/** 1 if the address is all ones. @context any. Linux include/linux/etherdevice.h: is_broadcast_ether_addr */
export function is_broadcast_ether_addr(addr: Uint8Array): number {
  check_arg("is_broadcast_ether_addr", "addr", addr, "bytes");
  return is_broadcast(addr) ? 1 : 0;
}

/** 1 if a station may have the address: neither zero nor a group. @context any. Linux include/linux/etherdevice.h: is_valid_ether_addr */
export function is_valid_ether_addr(addr: Uint8Array): number {
  check_arg("is_valid_ether_addr", "addr", addr, "bytes");
  return !(addr[0]! & 1) && !is_zero_ether_addr(addr) ? 1 : 0;
}

/** Makes up a local station address. @context any. Linux include/linux/etherdevice.h: random_ether_addr */
export function random_ether_addr(addr: Uint8Array): void {
  check_arg("random_ether_addr", "addr", addr, "bytes");
  const low = random_u32();
  const high = random_u32();
  for (let i = 0; i < 4; i++) addr[i] = (low >>> (8 * i)) & 0xff;
  addr[4] = high & 0xff;
  addr[5] = (high >>> 8) & 0xff;
  addr[0] = (addr[0]! & 0xfe) | 0x02;
}

/** 0 if two addresses are equal. @context any. Linux include/linux/etherdevice.h: compare_ether_addr */
export function compare_ether_addr(addr1: Uint8Array, addr2: Uint8Array): number {
  check_arg("compare_ether_addr", "addr1", addr1, "bytes");
  check_arg("compare_ether_addr", "addr2", addr2, "bytes");
  return same(addr1, addr2) ? 0 : 1;
}
