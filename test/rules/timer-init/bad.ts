/* A timer without function: wrong. */
// @lab nic=none
// @expect timer-init ?oops
import { HZ, jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  timer = new timer_list();
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  return 0;
}

function my_setup(dev: net_device): void {
  init_timer(netdev_priv<my_priv>(dev).timer);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  mod_timer(p.timer, jiffies + HZ);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
