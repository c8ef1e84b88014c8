/*
 * 3c589_cs, 2007: a packet is freed with interrupts off.
 *
 * hard_start_xmit copies the packet into the card's FIFO inside spin_lock_irqsave() and freed it there. The packet's
 * destructor (connection tracking) uses local_bh_enable(), which may not be called with interrupts off.
 * Mended by freeing after the unlock (re-tells commit 63ac9b915924).
 */
// @lab nic=none
// @expect skb-free-irqoff
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
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { memcpy } from "linux/string";
import { register_devices, unregister_devices } from "../base/software.ts";

class el3_private {
  lock = new spinlock_t();
  stats = new net_device_stats();
  fifo = new Uint8Array(2048);
}

function el3_start_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<el3_private>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += skb.len;
  memcpy(priv.fifo, skb.data, skb.len);
  dev.trans_start = jiffies;
  dev_kfree_skb(skb); // BUG: interrupts are off
  spin_unlock_irqrestore(priv.lock, flags);
  return NETDEV_TX_OK;
}

function el3_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function el3_close(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function el3_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<el3_private>(dev).stats;
}

function el3_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<el3_private>(dev).lock);
  dev.open = el3_open;
  dev.stop = el3_close;
  dev.hard_start_xmit = el3_start_xmit;
  dev.get_stats = el3_get_stats;
}

const el3_driver = { priv: el3_private, setup: el3_setup };
module_init(() => register_devices(el3_driver));
module_exit(() => unregister_devices(el3_driver));
