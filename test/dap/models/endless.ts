// Counts for ever.
// @lab workload=threads cpus=2 nic=none max-ticks=2000000000

import { printk } from "linux/kernel";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

let count = 0;
let never = 0;

function count_up(): number {
  printk("endless: counting\n");
  while (count >= 0) {
    count++; // #bp count
    if (count > 1_000_000) count = 0;
  }
  return count;
}

module_init(count_up);
module_exit(() => {
  never++;
});
