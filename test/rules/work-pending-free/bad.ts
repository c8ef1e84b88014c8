/* The work is still queued when the device is freed: wrong. */
// @lab nic=none
// @expect work-pending-free ?life-use-after-free
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<my_priv>(dev).work, my_work, dev);
}

function my_work(dev: net_device): void {
  netdev_priv<my_priv>(dev).stats.rx_errors++;
}

function my_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

/** Runs after unregister_netdev. */
function my_cleanup(dev: net_device): void {
  schedule_work(netdev_priv<my_priv>(dev).work);
}

software_driver({ priv: my_priv, setup: my_setup, cleanup: my_cleanup, callbacks: { open: my_open } });
