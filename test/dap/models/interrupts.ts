// An interrupt without hardware: it is raised while interrupts are on, and comes when the schedule says so.
// @lab workload=threads cpus=2 nic=none

import { alloc_irq, raise_irq } from "lab/irq";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";

MODULE_LICENSE("GPL");

let irq = 0;
let handled = 0;
let waited = 0;

function handler(): number {
  handled++; // #bp handler
  return IRQ_HANDLED;
}

function interrupts_init(): number {
  irq = alloc_irq();
  const error = request_irq(irq, handler, 0, "interrupts", null);
  if (error !== 0) return error;
  for (let i = 0; i < 50; i++) {
    raise_irq(irq); // #bp raise
    waited++; // #bp raised
    waited++;
  }
  return 0;
}

function interrupts_exit() {
  free_irq(irq, null);
}

module_init(interrupts_init);
module_exit(interrupts_exit);
