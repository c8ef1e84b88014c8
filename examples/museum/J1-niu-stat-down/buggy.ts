/*
 * niu, 2011: get_stats() walks the rings while open() and stop() make and free them.
 *
 * The counters live in the receive rings. /proc/net/dev is read at any time, on any processor, without rtnl: a reader
 * met num_rx_rings set and rx_rings not yet, or rings that were just freed (re-tells commit 9690c636ac11).
 */
// @lab nic=none workload=stats
// @expect stat-down ?lock-data-race ?life-use-after-free ?oops
import { ENOMEM } from "linux/errno";
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { register_devices, unregister_devices } from "../base/software.ts";

const RINGS = 4;

class rx_ring_info {
  rx_packets = 0;
}

class niu {
  stats = new net_device_stats();
  rx_rings: rx_ring_info[] | null = null;
  num_rx_rings = 0;
}

function niu_sum(np: niu): number {
  let sum = 0;
  for (let i = 0; i < np.num_rx_rings; i++) sum += np.rx_rings![i]!.rx_packets; // BUG: they come and go
  return sum;
}

function niu_get_stats(dev: net_device): net_device_stats {
  const np = netdev_priv<niu>(dev);
  np.stats.rx_packets = niu_sum(np);
  return np.stats;
}

function niu_alloc_rings(): rx_ring_info[] | null {
  const rings: rx_ring_info[] = [];
  for (let i = 0; i < RINGS; i++) {
    const ring = kmalloc(rx_ring_info, GFP_KERNEL);
    if (ring === null) {
      for (const got of rings) kfree(got);
      return null;
    }
    rings.push(ring);
  }
  return rings;
}

function niu_open(dev: net_device): number {
  const np = netdev_priv<niu>(dev);
  np.num_rx_rings = RINGS;
  const rings = niu_alloc_rings();
  if (rings === null) {
    np.num_rx_rings = 0;
    return -ENOMEM;
  }
  np.rx_rings = rings;
  netif_start_queue(dev);
  return 0;
}

function niu_close(dev: net_device): number {
  const np = netdev_priv<niu>(dev);
  netif_stop_queue(dev);
  for (const ring of np.rx_rings!) kfree(ring);
  np.num_rx_rings = 0;
  np.rx_rings = null;
  return 0;
}

function niu_start_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function niu_setup(dev: net_device): void {
  dev.open = niu_open;
  dev.stop = niu_close;
  dev.hard_start_xmit = niu_start_xmit;
  dev.get_stats = niu_get_stats;
}

const niu_driver = { priv: niu, setup: niu_setup };
module_init(() => register_devices(niu_driver));
module_exit(() => unregister_devices(niu_driver));
