/* netif_tx_disable under xmit_lock: wrong. */
// @lab nic=none
// @expect xmit-reentry
import { type net_device, netif_tx_disable, netif_wake_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_set_multicast_list(dev: net_device): void {
  netif_tx_disable(dev);
  netif_wake_queue(dev);
}

software_driver({ callbacks: { set_multicast_list: my_set_multicast_list } });
