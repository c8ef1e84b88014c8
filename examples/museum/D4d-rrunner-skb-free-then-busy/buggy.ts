/*
 * rrunner, 2009: no room for a header, so the packet is freed and -EBUSY returned.
 *
 * A packet without headroom is copied into a longer one. When that allocation failed the driver freed the packet, woke
 * the queue and returned -EBUSY; the core then queues what was freed (re-tells commit 3790c8cdb99f).
 */
// @lab nic=none
// @expect skb-free-then-busy ?skb-errno-ret
import { EBUSY } from "linux/errno";
import { dev_alloc_skb, dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import { type sk_buff, skb_headroom, skb_put, skb_reserve } from "linux/skbuff";
import { memcpy } from "linux/string";
import { register_devices, unregister_devices } from "../base/software.ts";

const HEADER = 64;

class rr_private {
  stats = new net_device_stats();
  attempts = 0;
}

/* Memory is short each second time. */
function rr_alloc(rrpriv: rr_private, len: number): sk_buff | null {
  return ++rrpriv.attempts % 2 === 0 ? null : dev_alloc_skb(len);
}

function rr_start_xmit(skb: sk_buff, dev: net_device): number {
  const rrpriv = netdev_priv<rr_private>(dev);
  if (skb_headroom(skb) < HEADER) {
    const bigger = rr_alloc(rrpriv, skb.len + HEADER);
    if (bigger === null) {
      dev_kfree_skb(skb);
      rrpriv.stats.tx_dropped++;
      netif_wake_queue(dev);
      return -EBUSY; // BUG: the packet is gone
    }
    skb_reserve(bigger, HEADER);
    memcpy(skb_put(bigger, skb.len), skb.data, skb.len);
    dev_kfree_skb(skb);
    skb = bigger;
  }
  rrpriv.stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function rr_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function rr_close(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function rr_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<rr_private>(dev).stats;
}

function rr_setup(dev: net_device): void {
  dev.open = rr_open;
  dev.stop = rr_close;
  dev.hard_start_xmit = rr_start_xmit;
  dev.get_stats = rr_get_stats;
}

const rr_driver = { priv: rr_private, setup: rr_setup };
module_init(() => register_devices(rr_driver));
module_exit(() => unregister_devices(rr_driver));
