/*
 * niu, 2011, mended, and further than at the time: the merged patch (commit 9690c636ac11) tests netif_running() and
 * publishes the count before the pointer. In this kernel nothing makes stop() wait for a reader, so the rings could
 * still be freed under it. Here a lock covers the walk, the publishing and the taking away; the counters survive in
 * the device's own statistics.
 */
// @lab nic=none workload=stats
// @expect none
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
import { spin_lock_bh, spin_lock_init, spin_unlock_bh, spinlock_t } from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

const RINGS = 4;

class rx_ring_info {
  rx_packets = 0;
}

class niu {
  stats = new net_device_stats();
  rx_rings: rx_ring_info[] | null = null;
  num_rx_rings = 0;
  lock = new spinlock_t();
}

/* Caller holds the lock. */
function niu_sum(np: niu): number {
  let sum = 0;
  for (const ring of np.rx_rings ?? []) sum += ring.rx_packets;
  return sum;
}

function niu_get_stats(dev: net_device): net_device_stats {
  const np = netdev_priv<niu>(dev);
  spin_lock_bh(np.lock);
  np.stats.rx_packets = niu_sum(np);
  spin_unlock_bh(np.lock);
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
  const rings = niu_alloc_rings();
  if (rings === null) return -ENOMEM;
  spin_lock_bh(np.lock);
  np.rx_rings = rings;
  np.num_rx_rings = RINGS;
  spin_unlock_bh(np.lock);
  netif_start_queue(dev);
  return 0;
}

function niu_close(dev: net_device): number {
  const np = netdev_priv<niu>(dev);
  netif_stop_queue(dev);
  spin_lock_bh(np.lock);
  const rings = np.rx_rings!;
  np.rx_rings = null;
  np.num_rx_rings = 0;
  spin_unlock_bh(np.lock);
  for (const ring of rings) kfree(ring);
  return 0;
}

function niu_start_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function niu_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<niu>(dev).lock);
  dev.open = niu_open;
  dev.stop = niu_close;
  dev.hard_start_xmit = niu_start_xmit;
  dev.get_stats = niu_get_stats;
}

const niu_driver = { priv: niu, setup: niu_setup };
module_init(() => register_devices(niu_driver));
module_exit(() => unregister_devices(niu_driver));
