// Takes a lock that it holds.
// @lab workload=threads cpus=2 nic=none

import { printk } from "linux/kernel";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock } from "linux/spinlock";

MODULE_LICENSE("GPL");

const lock = DEFINE_SPINLOCK();

function twice(): number {
  spin_lock(lock);
  printk("deadlock: once\n");
  spin_lock(lock); // #bp again
  return 0;
}

module_init(twice);
module_exit(() => {});
