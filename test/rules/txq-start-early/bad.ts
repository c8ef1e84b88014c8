/* Queue started before registration: wrong. */
// @lab nic=none
// @expect txq-start-early
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  netif_start_queue(dev);
}

software_driver({ setup: my_setup });
