/* Bottom halves left disabled: right. */
// @lab nic=none
// @expect none
import { local_bh_disable, local_bh_enable } from "linux/interrupt";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  local_bh_disable();
  local_bh_enable();
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
