/* Memory freed with its lock held: wrong. */
// @lab nic=none
// @expect lock-free-held ?life-use-after-free
import { ENOMEM } from "linux/errno";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { software_driver } from "../lib/software-device.ts";

class my_entry {
  lock = new spinlock_t();
}

function my_open(dev: net_device): number {
  const entry = kmalloc(my_entry, GFP_KERNEL);
  if (!entry) return -ENOMEM;
  spin_lock_init(entry.lock);
  spin_lock(entry.lock);
  kfree(entry);
  spin_unlock(entry.lock);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
