/* Works are waited for with rtnl held: wrong. */
// @lab nic=none
// @expect rtnl-flush ?hang
import {
  type net_device,
  netdev_priv,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<my_priv>(dev).work, my_work, dev);
}

function my_open(dev: net_device): number {
  schedule_work(netdev_priv<my_priv>(dev).work);
  netif_start_queue(dev);
  return 0;
}

function my_work(dev: net_device): void {
  rtnl_lock();
  if (netif_running(dev)) netdev_priv<my_priv>(dev).stats.collisions = 0;
  rtnl_unlock();
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  flush_scheduled_work();
  return 0;
}

function my_cleanup(): void {
  flush_scheduled_work();
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: my_cleanup,
  callbacks: { open: my_open, stop: my_stop },
});
