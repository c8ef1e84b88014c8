/* unregister_netdev under rtnl: wrong. */
// @lab nic=none
// @expect life-reg-rtnl
import { type net_device, netif_start_queue, unregister_netdev } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  unregister_netdev(dev);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
