/*
 * tg3, 2006: open() returns an error with the lock held.
 *
 * tg3_open() took the full lock, then woke the chip up from its low-power state. When that failed it returned at once.
 * Everything that needs the lock afterwards, the next open for a start, waits for ever, and bottom halves stay off.
 * Mended by unlocking on that path (re-tells commit 12862086f24d).
 */
// @lab nic=none
// @expect lock-leak
import { EIO } from "linux/errno";
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_bh, spin_lock_init, spin_unlock_bh, spinlock_t } from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

class tg3 {
  lock = new spinlock_t();
  power_ups = 0;
  hw_running = 0;
}

function tg3_full_lock(tp: tg3): void {
  spin_lock_bh(tp.lock);
}

function tg3_full_unlock(tp: tg3): void {
  spin_unlock_bh(tp.lock);
}

/* A chip that does not wake up at the first attempt. */
function tg3_set_power_state(tp: tg3): number {
  return tp.power_ups++ === 0 ? -EIO : 0;
}

function tg3_open(dev: net_device): number {
  const tp = netdev_priv<tg3>(dev);

  tg3_full_lock(tp);
  const err = tg3_set_power_state(tp);
  if (err) return err; // BUG: the lock stays held
  tp.hw_running = 1;
  tg3_full_unlock(tp);

  netif_start_queue(dev);
  return 0;
}

function tg3_close(dev: net_device): number {
  const tp = netdev_priv<tg3>(dev);
  netif_stop_queue(dev);
  tg3_full_lock(tp);
  tp.hw_running = 0;
  tg3_full_unlock(tp);
  return 0;
}

function tg3_start_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function tg3_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<tg3>(dev).lock);
  dev.open = tg3_open;
  dev.stop = tg3_close;
  dev.hard_start_xmit = tg3_start_xmit;
}

const tg3_driver = { priv: tg3, setup: tg3_setup };
module_init(() => register_devices(tg3_driver));
module_exit(() => unregister_devices(tg3_driver));
