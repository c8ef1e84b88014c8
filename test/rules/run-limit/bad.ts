/* A loop without end: wrong. */
// @lab nic=none max-ticks=200000
// @expect run-limit
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  while (dev.mtu > 0) dev.trans_start++;
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
