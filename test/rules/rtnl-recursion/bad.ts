/* open takes rtnl: wrong. */
// @lab nic=none
// @expect rtnl-recursion
import { type net_device, netif_start_queue } from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  rtnl_lock();
  rtnl_unlock();
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
