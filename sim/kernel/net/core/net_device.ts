/** The network device (include/linux/netdevice.h: struct net_device and what hangs on it). */
import { object_id } from "machine";
import { class_device } from "../../drivers/base/class.ts";
import { check_arg } from "../../kernel/misuse.ts";
import { spinlock_t } from "../../kernel/spinlock.ts";
import { timer_list } from "../../kernel/timer.ts";
import { atomic_t } from "../../lib/atomic.ts";
import { bitmap_t } from "../../lib/bitops.ts";
import type { hh_cache } from "../ethernet/hh_cache.ts";
import { ETH_ALEN } from "../ethernet/if_ether.ts";
import type { in_device, neigh_parms } from "../ipv4/in_device.ts";
import type { Qdisc } from "../sched/qdisc.ts";
import type { ethtool_ops } from "./ethtool_types.ts";
import type { ifmap, ifreq, sockaddr } from "./ifreq.ts";
import { NETREG_UNINITIALIZED } from "./netdev_constants.ts";
import type { netpoll_info } from "./netpoll_info.ts";
import type { sk_buff } from "./skbuff.ts";

/** Counters that `get_stats` returns; the driver keeps them, readers copy them without a lock. */
export class net_device_stats {
  rx_packets = 0;
  tx_packets = 0;
  rx_bytes = 0;
  tx_bytes = 0;
  rx_errors = 0;
  tx_errors = 0;
  rx_dropped = 0;
  tx_dropped = 0;
  multicast = 0;
  collisions = 0;
  rx_length_errors = 0;
  rx_over_errors = 0;
  rx_crc_errors = 0;
  rx_frame_errors = 0;
  rx_fifo_errors = 0;
  rx_missed_errors = 0;
  tx_aborted_errors = 0;
  tx_carrier_errors = 0;
  tx_fifo_errors = 0;
  tx_heartbeat_errors = 0;
  tx_window_errors = 0;
  rx_compressed = 0;
  tx_compressed = 0;
}

/** One multicast address of a device: an element of `dev.mc_list`, to be walked only under xmit_lock. */
export class dev_mc_list {
  next: dev_mc_list | null = null;
  dmi_addr = new Uint8Array(ETH_ALEN);
  dmi_addrlen = 0;
  dmi_users = 0;
  dmi_gusers = 0;
}

/**
 * A network device. Made by alloc_netdev or alloc_etherdev, never by `new`. What the driver sets before registering: the
 * callbacks, `dev_addr`, `irq`, `features` … The core's own fields (`state`, `qdisc`, locks, `refcnt`) are the core's to write.
 */
export class net_device {
  readonly id = object_id("netdev");
  /** Name, "eth0"; may be a pattern ("sn%d") until registered. */
  name = "";
  mem_end = 0;
  mem_start = 0;
  base_addr = 0;
  irq = 0;
  if_port = 0;
  dma = 0;
  /** Bits __LINK_STATE_*. */
  state = new bitmap_t();
  /** Next device of the list (dev_base_lock). */
  next: net_device | null = null;
  /** Called once by register_netdevice, under rtnl. */
  init: ((dev: net_device) => number) | null = null;
  /** @internal */
  next_sched: net_device | null = null;
  ifindex = 0;
  iflink = 0;
  /** Any context that must not sleep: read_lock(dev_base_lock), or rtnl. */
  get_stats: ((dev: net_device) => net_device_stats) | null = null;
  ethtool_ops: ethtool_ops | null = null;
  /** IFF_*; written by the core only. */
  flags = 0;
  gflags = 0;
  priv_flags = 0;
  mtu = 0;
  /** ARPHRD_*. */
  type = 0;
  hard_header_len = 0;
  master: net_device | null = null;
  perm_addr = new Uint8Array(ETH_ALEN);
  addr_len = 0;
  dev_id = 0;
  /** Multicast addresses (xmit_lock). */
  mc_list: dev_mc_list | null = null;
  mc_count = 0;
  promiscuity = 0;
  allmulti = 0;
  /** @internal */
  ip_ptr: in_device | null = null;
  /** @internal The softnet list on which it waits for poll. */
  poll_list: { readonly cpu: number } | null = null;
  /**
   * 2.6 NAPI: NET_RX softirq, serialised by __LINK_STATE_RX_SCHED. Takes the processed packets off `budget.v` and `dev.quota`.
   * Returns 0 after netif_rx_complete, else not 0.
   */
  poll: ((dev: net_device, budget: { v: number }) => number) | null = null;
  quota = 0;
  weight = 0;
  last_rx = 0;
  /** Hardware address. */
  dev_addr = new Uint8Array(ETH_ALEN);
  broadcast = new Uint8Array(ETH_ALEN);
  queue_lock = new spinlock_t();
  /** @internal */
  qdisc: Qdisc | null = null;
  /** @internal */
  qdisc_sleeping: Qdisc | null = null;
  /** Packets the queue may hold; 0: no queue. */
  tx_queue_len = 0;
  ingress_lock = new spinlock_t();
  /** Held by the core in hard_start_xmit (unless NETIF_F_LLTX), tx_timeout and set_multicast_list. */
  xmit_lock = new spinlock_t();
  /** CPU that transmits, or -1. */
  xmit_lock_owner = -1;
  /** The private area, or what the driver put here. */
  priv: unknown = null;
  /**
   * Sends a packet: NETDEV_TX_OK (it is the driver's), NETDEV_TX_BUSY or NETDEV_TX_LOCKED (it stays the core's). BHs off, interrupts on,
   * xmit_lock held unless NETIF_F_LLTX.
   */
  hard_start_xmit: ((skb: sk_buff, dev: net_device) => number) | null = null;
  /** When the driver last sent, in jiffies: the driver sets it. */
  trans_start = 0;
  /** Jiffies until tx_timeout; 0: 5 s. */
  watchdog_timeo = 0;
  /** @internal */
  watchdog_timer = new timer_list();
  refcnt = new atomic_t(0);
  /** @internal */
  link_watch_next: net_device | null = null;
  /** NETREG_*. */
  reg_state = NETREG_UNINITIALIZED;
  /** NETIF_F_*. */
  features = 0;
  /** Called by unregister_netdevice, under rtnl, after close. */
  uninit: ((dev: net_device) => void) | null = null;
  /** Called when the last reference is gone: free_netdev, or null. */
  destructor: ((dev: net_device) => void) | null = null;
  /** Under rtnl, may sleep. 0, or an errno after undoing everything. */
  open: ((dev: net_device) => number) | null = null;
  /** Under rtnl, may sleep; cannot fail. */
  stop: ((dev: net_device) => number) | null = null;
  /** Builds the link layer header. Returns its length, or minus that if the destination is not known. */
  hard_header:
    | ((
        skb: sk_buff,
        dev: net_device,
        type: number,
        daddr: Uint8Array | null,
        saddr: Uint8Array | null,
        len: number,
      ) => number)
    | null = null;
  /** Completes a header once the address is known. Returns 0 when the packet may go. */
  rebuild_header: ((skb: sk_buff) => number) | null = null;
  /** Under xmit_lock, BHs off: set the receive filter from `flags` and `mc_list`. */
  set_multicast_list: ((dev: net_device) => void) | null = null;
  /** Under rtnl. 0 or an errno. */
  set_mac_address: ((dev: net_device, addr: sockaddr) => number) | null = null;
  /** Under rtnl, the device may be down. 0 or an errno; -EOPNOTSUPP for what it does not know. */
  do_ioctl: ((dev: net_device, ifr: ifreq, cmd: number) => number) | null = null;
  /** Under rtnl. 0 or an errno. */
  set_config: ((dev: net_device, map: ifmap) => number) | null = null;
  hard_header_cache:
    | ((neigh: { readonly ha: Uint8Array; readonly dev: net_device }, hh: hh_cache) => number)
    | null = null;
  header_cache_update: ((hh: hh_cache, dev: net_device, haddr: Uint8Array) => void) | null = null;
  hard_header_parse: ((skb: sk_buff, haddr: Uint8Array) => number) | null = null;
  /** Under rtnl: check the range, set `dev.mtu`. 0 or an errno. */
  change_mtu: ((dev: net_device, new_mtu: number) => number) | null = null;
  /** Under xmit_lock in the TIMER softirq: nothing was sent for watchdog_timeo while the queue was stopped. */
  tx_timeout: ((dev: net_device) => void) | null = null;
  neigh_setup: ((dev: net_device, parms: neigh_parms) => number) | null = null;
  /** @internal */
  npinfo: netpoll_info | null = null;
  /** Polls the device with interrupts off, for netpoll. */
  poll_controller: ((dev: net_device) => void) | null = null;
  br_port: object | null = null;
  /** Its place in /sys/class/net. */
  class_dev = new class_device();
  owner: object | null = null;

  /** @internal What alloc_netdev reserved for the driver. */
  netdev_private: unknown = null;
  /** @internal True if alloc_netdev made it. */
  allocated = false;
  /** @internal How often it was put on a poll list. */
  poll_schedules = 0;
  /** @internal Who has claimed poll by netif_rx_schedule_prep and not scheduled it yet. */
  poll_claim: object | null = null;
  /** @internal netif_poll_disable calls that were not undone. */
  poll_disabled = 0;
}

/** @internal `fn` needs a device. */
export function need_dev(fn: string, dev: net_device): void {
  check_arg(fn, "dev", dev, net_device);
}

/**
 * The driver's private area: the object that alloc_netdev made; the same each time.
 * @context any. Linux include/linux/netdevice.h: netdev_priv
 */
export function netdev_priv<T>(dev: net_device): T {
  need_dev("netdev_priv", dev);
  return dev.netdev_private as T;
}

/** Notes the owner module of a device; only kept. @noEffect modules pin nothing through it. Linux include/linux/netdevice.h: SET_MODULE_OWNER */
export function SET_MODULE_OWNER(dev: net_device): void {
  need_dev("SET_MODULE_OWNER", dev);
}

/** Tells sysfs which hardware is behind the device: `SET_NETDEV_DEV(dev, pdev.dev)`. @context before registering. Linux include/linux/netdevice.h: SET_NETDEV_DEV */
export function SET_NETDEV_DEV(dev: net_device, hardware: object | null): void {
  need_dev("SET_NETDEV_DEV", dev);
  dev.class_dev.dev = hardware;
}
