/** Protocols and packet taps (net/core/dev.c: dev_add_pack, dev_queue_xmit_nit). */

import { check_arg } from "../../kernel/misuse.ts";
import { synchronize_net } from "../../kernel/rcupdate.ts";
import { kernel_spinlock, spin_lock_bh, spin_unlock_bh } from "../../kernel/spinlock.ts";
import { htons } from "../../lib/byteorder.ts";
import { ETH_P_ALL } from "../ethernet/if_ether.ts";
import type { net_device } from "./net_device.ts";
import { clone_skb } from "./skb_copy.ts";
import { PACKET_OUTGOING, type sk_buff } from "./skbuff.ts";

/** Somebody who wants packets of a protocol, or all packets (a tap). */
export class packet_type {
  /** Protocol in network order; htons(ETH_P_ALL) for all packets. */
  type = 0;
  /** Only packets of this device; null: of all. */
  dev: net_device | null = null;
  /** Receives a packet and owns it. */
  func: ((skb: sk_buff, dev: net_device, pt: packet_type, orig_dev: net_device) => number) | null = null;
  af_packet_priv: unknown = null;
  /** @internal One of the kernel's own protocols. */
  internal = false;
}

const ptype_lock = kernel_spinlock("ptype_lock");
let ptype_all: packet_type[] = [];
let ptype_base: packet_type[] = [];

function list_of(pt: packet_type): packet_type[] {
  return pt.type === htons(ETH_P_ALL) ? ptype_all : ptype_base;
}

/** Starts delivering packets to `pt`. @context process or softirq. Linux net/core/dev.c: dev_add_pack */
export function dev_add_pack(pt: packet_type): void {
  check_arg("dev_add_pack", "pt", pt, packet_type);
  spin_lock_bh(ptype_lock);
  if (pt.type === htons(ETH_P_ALL)) ptype_all = [pt, ...ptype_all];
  else ptype_base = [pt, ...ptype_base];
  spin_unlock_bh(ptype_lock);
}

/** Stops delivering; packets may be under way still. @context process or softirq. Linux net/core/dev.c: __dev_remove_pack */
export function __dev_remove_pack(pt: packet_type): void {
  check_arg("__dev_remove_pack", "pt", pt, packet_type);
  spin_lock_bh(ptype_lock);
  const without = list_of(pt).filter((other) => other !== pt);
  if (pt.type === htons(ETH_P_ALL)) ptype_all = without;
  else ptype_base = without;
  spin_unlock_bh(ptype_lock);
}

/** Stops delivering and waits for packets under way. @context process; sleeps. Linux net/core/dev.c: dev_remove_pack */
export function dev_remove_pack(pt: packet_type): void {
  __dev_remove_pack(pt);
  synchronize_net();
}

/** Those who get a packet of `protocol` on `dev`: taps first. */
export function receivers(protocol: number, dev: net_device): packet_type[] {
  if (ptype_all.length === 0 && ptype_base.length === 0) return ptype_base;
  const wants = (pt: packet_type): boolean => pt.dev === null || pt.dev === dev;
  const result: packet_type[] = [];
  for (const pt of ptype_all) if (wants(pt)) result.push(pt);
  for (const pt of ptype_base) if (pt.type === protocol && wants(pt)) result.push(pt);
  return result;
}

/** Shows an outgoing packet to the taps: each gets a clone (net/core/dev.c: dev_queue_xmit_nit). */
export function dev_queue_xmit_nit(skb: sk_buff, dev: net_device): void {
  for (const pt of ptype_all) {
    if (pt.func === null || (pt.dev !== null && pt.dev !== dev)) continue;
    const skb2 = clone_skb("dev_queue_xmit_nit", skb, false);
    skb2.mac.raw = skb2.data;
    skb2.h.raw = skb2.nh.raw ?? skb2.data;
    skb2.pkt_type = PACKET_OUTGOING;
    pt.func(skb2, dev, pt, dev);
  }
}
