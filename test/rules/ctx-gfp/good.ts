/* GFP_KERNEL under xmit_lock: right. */
// @lab nic=none
// @expect none
import type { net_device } from "linux/netdevice";
import { GFP_ATOMIC, kfree, kmalloc } from "linux/slab";
import { software_driver } from "../lib/software-device.ts";

function my_set_multicast_list(dev: net_device): void {
  const filter = kmalloc(8 * (dev.mc_count + 1), GFP_ATOMIC);
  if (filter) kfree(filter);
}

software_driver({ callbacks: { set_multicast_list: my_set_multicast_list } });
