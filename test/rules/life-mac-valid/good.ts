/* The address is left zero: right. */
// @lab nic=none advice
// @expect none
import { is_valid_ether_addr, random_ether_addr } from "linux/etherdevice";
import type { net_device } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  if (!is_valid_ether_addr(dev.dev_addr)) random_ether_addr(dev.dev_addr);
}

software_driver({ setup: my_setup });
