/* netif_tx_disable under xmit_lock: right. */
// @lab nic=none
// @expect none
import { type net_device, netif_stop_queue, netif_wake_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_set_multicast_list(dev: net_device): void {
  netif_stop_queue(dev);
  netif_wake_queue(dev);
}

software_driver({ callbacks: { set_multicast_list: my_set_multicast_list } });
