/* dev_close without rtnl: right. */
// @lab nic=none
// @expect none
import { dev_close, type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
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
  dev_close(dev);
  rtnl_unlock();
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { open: my_open },
});
