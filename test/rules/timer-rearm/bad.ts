/* What stop does last arms the timer that it has deleted: wrong. */
// @lab nic=none
// @expect timer-rearm ?life-use-after-free ?oops ?life-sysfs-pathologic
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  timer = new timer_list();
}

function my_timer(dev: net_device): void {
  netdev_priv<my_priv>(dev).stats.rx_errors++;
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
}

/** Looks again a moment later whether all is sent. */
function my_reclaim(p: my_priv): void {
  mod_timer(p.timer, jiffies + 2);
}

function my_open(dev: net_device): number {
  my_reclaim(netdev_priv<my_priv>(dev));
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  my_reclaim(p);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
