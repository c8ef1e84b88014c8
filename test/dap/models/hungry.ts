// Allocates for ever.
// @lab workload=threads cpus=2 nic=none max-ticks=2000000000

import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

const all: unknown[] = [];

function eat(): number {
  for (;;) all.push(new Array(10_000).fill(all.length));
}

module_init(eat);
module_exit(() => {});
