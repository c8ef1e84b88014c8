/* dev_put without dev_hold: wrong. */
// @lab nic=none
// @expect life-ref-under ?oops ?life-netdev-leak ?hang
import { dev_put, type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  dev_put(dev);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
