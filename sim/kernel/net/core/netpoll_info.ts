/** What netpoll keeps of a device, and what the receive path asks it (include/linux/netpoll.h). */
import { cpu_id, emit } from "machine";
import { __spin_lock_init, spin_lock, spin_unlock, spinlock_t } from "../../kernel/spinlock.ts";
import type { net_device } from "./net_device.ts";
import { NET_RX_DROP } from "./netdev_constants.ts";
import { release_skb, type sk_buff } from "./skbuff.ts";

/** How often one packet is tried (net/core/netpoll.c: MAX_RETRIES). */
export const MAX_RETRIES = 20000;

/** State of netpoll on a device (include/linux/netpoll.h: struct netpoll_info). @noEffect the core's own: drivers only carry it in dev.npinfo */
export class netpoll_info {
  /** Held while a device with netpoll is polled, by net_rx_action or by netpoll. */
  poll_lock = new spinlock_t();
  /** The CPU that polls the device, or -1. */
  poll_owner = -1;
  /** Tries left for the packet that cannot be sent. */
  tries = MAX_RETRIES;
  /** Not 0 while netpoll polls: what the device receives is dropped. */
  rx_flags = 0;

  constructor() {
    __spin_lock_init(this.poll_lock, "npinfo->poll_lock");
  }
}

/*
 * The watchdog and the multicast code take xmit_lock without setting its owner (2.6.18 sets it). A driver that prints there
 * would have netpoll wait for its own CPU, and cannot help it: netpoll knows these holders.
 */
const core_holders = new Map<net_device, number>();

/** @internal Core code that calls the driver under xmit_lock says so. */
export function core_holds_xmit_lock(dev: net_device, holds: boolean): void {
  if (holds) core_holders.set(dev, cpu_id());
  else core_holders.delete(dev);
}

/** True if this CPU holds xmit_lock: netpoll must not take it. @internal Linux net/core/netpoll.c: netpoll_send_skb */
export function holds_xmit_lock(dev: net_device): boolean {
  return dev.xmit_lock_owner === cpu_id() || core_holders.get(dev) === cpu_id();
}

/** Keeps netpoll from polling the device beside us; softirq. @internal Linux include/linux/netpoll.h: netpoll_poll_lock */
export function netpoll_poll_lock(dev: net_device): netpoll_info | null {
  const npinfo = dev.npinfo;
  if (npinfo === null) return null;
  spin_lock(npinfo.poll_lock);
  npinfo.poll_owner = cpu_id();
  return npinfo;
}

/** @internal Linux include/linux/netpoll.h: netpoll_poll_unlock */
export function netpoll_poll_unlock(npinfo: netpoll_info | null): void {
  if (npinfo === null) return;
  npinfo.poll_owner = -1;
  spin_unlock(npinfo.poll_lock);
}

/** Takes a packet that a device receives while netpoll polls it: true, and the packet is gone. @internal Linux include/linux/netpoll.h: netpoll_rx */
export function netpoll_takes(fn: "netif_rx" | "netif_receive_skb", skb: sk_buff): boolean {
  if (skb.dev!.npinfo === null || skb.dev!.npinfo.rx_flags === 0) return false;
  emit({ type: "skb-to-stack", skb, fn, result: NET_RX_DROP });
  release_skb("netpoll_rx", skb);
  return true;
}
