/* A reference that open keeps: wrong. */
// @lab nic=none
// @expect life-ref-leak ?hang ?life-netdev-leak
import { dev_hold, type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  dev_hold(dev);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
