/* Queue started before registration: right. */
// @lab nic=none
// @expect none
import { type net_device, netif_stop_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  netif_stop_queue(dev);
}

software_driver({ setup: my_setup });
