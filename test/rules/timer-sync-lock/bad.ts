/* del_timer_sync under the timer's lock: wrong. */
// @lab nic=none
// @expect timer-sync-lock

import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import {
  spin_lock,
  spin_lock_bh,
  spin_lock_init,
  spin_unlock,
  spin_unlock_bh,
  spinlock_t,
} from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.lock);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
}

function my_open(dev: net_device): number {
  mod_timer(netdev_priv<my_priv>(dev).timer, jiffies + 1);
  netif_start_queue(dev);
  return 0;
}

function my_timer(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  p.stats.collisions++;
  spin_unlock(p.lock);
}

/** Asks for a reply that comes while the timer may run. */
function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  spin_lock_bh(p.lock);
  del_timer_sync(p.timer);
  p.stats.collisions = 0;
  spin_unlock_bh(p.lock);
  return 0;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop },
});
