// Calls itself for ever.
// @lab workload=threads cpus=2 nic=none

import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

function deeper(n: number): number {
  return deeper(n + 1) + 1; // #bp deeper
}

function start(): number {
  return deeper(0);
}

module_init(start);
module_exit(() => {});
