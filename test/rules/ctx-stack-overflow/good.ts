/* Unbounded recursion: right. */
// @lab nic=none
// @expect none
import { udelay } from "linux/delay";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  for (let n = 1; n < 1000; n++) udelay(0);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
