// Throws while it is being loaded.
// @lab workload=threads cpus=2 nic=none

import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

function boom(): number {
  const nothing = null as unknown as { field: number };
  return nothing.field; // #bp boom
}

module_init(boom);
module_exit(() => {});
