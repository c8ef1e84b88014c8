/* unregister_netdev under rtnl: right. */
// @lab nic=none
// @expect none
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  dev.trans_start = 0; // module_exit unregisters
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
