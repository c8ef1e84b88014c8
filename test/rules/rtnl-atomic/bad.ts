/* rtnl in a timer: wrong. */
// @lab nic=none
// @expect rtnl-atomic
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { flush_scheduled_work, INIT_WORK, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  timer = new timer_list();
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
  INIT_WORK(p.work, my_work, dev);
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

function my_timer(_dev: net_device): void {
  rtnl_lock();
  rtnl_unlock();
}

function my_work(_dev: net_device): void {
  rtnl_lock();
  rtnl_unlock();
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { open: my_open, stop: my_stop },
});
