/*
 * skge, 2007, mended: skge_tx_clean() expects its caller to hold dev->xmit_lock. The watchdog does so before it calls
 * tx_timeout; skge_down() now takes the lock itself (re-tells commit e3a1b99fb60d).
 */
// @lab nic=none workload=../workloads/timeout.ts
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_bh, spin_unlock_bh } from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

const RING_SIZE = 4;

class skge_port {
  ring: (sk_buff | null)[] = [null, null, null, null];
  to_use = 0;
}

/* A transmitter that never finishes a frame: the timeout has to come. */
function skge_xmit_frame(skb: sk_buff, dev: net_device): number {
  const skge = netdev_priv<skge_port>(dev);
  skge.ring[skge.to_use++] = skb;
  if (skge.to_use === RING_SIZE) netif_stop_queue(dev);
  dev.trans_start = jiffies;
  return NETDEV_TX_OK;
}

/* Caller holds dev->xmit_lock. */
function skge_tx_clean(dev: net_device): void {
  const skge = netdev_priv<skge_port>(dev);
  for (let i = 0; i < skge.to_use; i++) {
    dev_kfree_skb(skge.ring[i]!);
    skge.ring[i] = null;
  }
  skge.to_use = 0;
}

function skge_tx_timeout(dev: net_device): void {
  skge_tx_clean(dev);
  netif_wake_queue(dev);
}

function skge_up(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function skge_down(dev: net_device): number {
  netif_stop_queue(dev);
  spin_lock_bh(dev.xmit_lock);
  skge_tx_clean(dev);
  spin_unlock_bh(dev.xmit_lock);
  return 0;
}

function skge_setup(dev: net_device): void {
  dev.open = skge_up;
  dev.stop = skge_down;
  dev.hard_start_xmit = skge_xmit_frame;
  dev.tx_timeout = skge_tx_timeout;
  dev.watchdog_timeo = HZ / 10;
}

const skge_driver = { priv: skge_port, setup: skge_setup };
module_init(() => register_devices(skge_driver));
module_exit(() => unregister_devices(skge_driver));
