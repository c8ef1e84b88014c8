/* open does not start the queue: wrong. */
// @lab nic=none
// @expect txq-open-start ?txq-stall
import type { net_device } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_open(_dev: net_device): number {
  return 0;
}

software_driver({ callbacks: { open: my_open } });
