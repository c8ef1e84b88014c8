/* GFP_KERNEL under xmit_lock: wrong. */
// @lab nic=none
// @expect ctx-gfp
import type { net_device } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { software_driver } from "../lib/software-device.ts";

function my_set_multicast_list(dev: net_device): void {
  const filter = kmalloc(8 * (dev.mc_count + 1), GFP_KERNEL);
  if (filter) kfree(filter);
}

software_driver({ callbacks: { set_multicast_list: my_set_multicast_list } });
