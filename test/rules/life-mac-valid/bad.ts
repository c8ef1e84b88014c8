/* The address is left zero: wrong. */
// @lab nic=none advice
// @expect life-mac-valid ?car-off-down
import type { net_device } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  dev.dev_addr.fill(0);
}

software_driver({ setup: my_setup });
