/* Waiting in set_multicast_list: right. */
// @lab nic=none
// @expect none
import { udelay } from "linux/delay";
import type { net_device } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_set_multicast_list(_dev: net_device): void {
  udelay(10);
}

software_driver({ callbacks: { set_multicast_list: my_set_multicast_list } });
