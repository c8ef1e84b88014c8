// Is inside one regular expression for ever.
// @lab workload=threads cpus=2 nic=none

import { printk } from "linux/kernel";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

function never(): number {
  printk("stuck: matching\n");
  return /^(a+)+$/.test(`${"a".repeat(60)}!`) ? 1 : 0;
}

module_init(never);
module_exit(() => {});
