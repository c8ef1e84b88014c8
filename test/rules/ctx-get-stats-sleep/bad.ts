/* Waiting in get_stats: wrong. */
// @lab nic=none
// @expect ctx-get-stats-sleep
import { msleep } from "linux/delay";
import { type net_device, type net_device_stats, netdev_priv } from "linux/netdevice";
import { software_driver, type sw_priv } from "../lib/software-device.ts";

function my_get_stats(dev: net_device): net_device_stats {
  msleep(1);
  return netdev_priv<sw_priv>(dev).stats;
}

software_driver({ callbacks: { get_stats: my_get_stats } });
