/* No statistics while the device is down: wrong. */
// @lab nic=none
// @expect stat-null ?oops
import type { net_device, net_device_stats } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_get_stats(_dev: net_device): net_device_stats {
  return null as never;
}

software_driver({ callbacks: { get_stats: my_get_stats } });
