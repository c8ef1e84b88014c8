/*
 * grcan, 2022 (told back to the kernel of 2006): close() waits for a timer while it holds the lock that the timer wants.
 *
 * A chip erratum needs a timer that restarts a hung transmitter; its handler takes priv->lock. close() took the same
 * lock and called del_timer_sync() inside. If the handler has just started on another processor it spins on the lock,
 * and close(), with interrupts off, waits for the handler to end.
 * Mended by deleting the timers before the lock is taken (re-tells commit 47f070a).
 */
// @lab nic=none
// @expect timer-sync-lock
import { dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { register_devices, unregister_devices } from "../base/software.ts";

const GRCAN_HANG_JIFFIES = HZ / 250;

class grcan_priv {
  lock = new spinlock_t();
  hang_timer = new timer_list();
  resets = 0;
  closing = 0;
}

/* The transmitter looks hung: reset it, and look again later. */
function grcan_initiate_running_reset(data: unknown): void {
  const priv = netdev_priv<grcan_priv>(data as net_device);
  const flags = spin_lock_irqsave(priv.lock);
  if (!priv.closing) {
    priv.resets++;
    mod_timer(priv.hang_timer, jiffies + GRCAN_HANG_JIFFIES);
  }
  spin_unlock_irqrestore(priv.lock, flags);
}

function grcan_start_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function grcan_open(dev: net_device): number {
  const priv = netdev_priv<grcan_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  priv.closing = 0;
  mod_timer(priv.hang_timer, jiffies + GRCAN_HANG_JIFFIES);
  spin_unlock_irqrestore(priv.lock, flags);
  netif_start_queue(dev);
  return 0;
}

function grcan_close(dev: net_device): number {
  const priv = netdev_priv<grcan_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  priv.closing = 1;
  del_timer_sync(priv.hang_timer); // BUG: its handler may wait for this lock
  netif_stop_queue(dev);
  spin_unlock_irqrestore(priv.lock, flags);
  return 0;
}

function grcan_setup(dev: net_device): void {
  const priv = netdev_priv<grcan_priv>(dev);
  spin_lock_init(priv.lock);
  init_timer(priv.hang_timer);
  priv.hang_timer.function = grcan_initiate_running_reset;
  priv.hang_timer.data = dev;
  dev.open = grcan_open;
  dev.stop = grcan_close;
  dev.hard_start_xmit = grcan_start_xmit;
}

const grcan_driver = { priv: grcan_priv, setup: grcan_setup };
module_init(() => register_devices(grcan_driver));
module_exit(() => unregister_devices(grcan_driver));
