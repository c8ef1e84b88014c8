// Sleeps under a spinlock.
// @lab workload=threads cpus=2 nic=none

import { msleep } from "linux/delay";
import { printk } from "linux/kernel";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

MODULE_LICENSE("GPL");

const lock = DEFINE_SPINLOCK();

function doze(): number {
  spin_lock(lock); // #bp lock
  msleep(10); // #bp sleep
  spin_unlock(lock);
  printk("sleeper: awake\n"); // #bp awake
  return 0;
}

module_init(doze);
module_exit(() => {});
