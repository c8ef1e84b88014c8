/* A lock of the timer taken with bottom halves on: right. */
// @lab nic=none
// @expect none
import { jiffies } from "linux/jiffies";
import {
  type net_device,
  type net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
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
  timer = new timer_list();
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
  spin_lock_init(p.lock);
}

function my_open(dev: net_device): number {
  mod_timer(netdev_priv<my_priv>(dev).timer, jiffies + 2);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  return 0;
}

function my_timer(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  p.stats.rx_errors++;
  spin_unlock(p.lock);
  mod_timer(p.timer, jiffies + 2);
}

function my_get_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_bh(p.lock);
  p.stats.collisions = 0;
  spin_unlock_bh(p.lock);
  return p.stats;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, get_stats: my_get_stats },
});
