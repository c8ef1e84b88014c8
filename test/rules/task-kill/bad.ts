/* The tasklet is scheduled when what it uses is freed: wrong. */
// @lab nic=none
// @expect task-kill ?life-use-after-free
import { ENOMEM } from "linux/errno";
import { tasklet_init, tasklet_schedule, tasklet_struct } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";

class my_state {
  tasklet = new tasklet_struct();
  count = 0;
}

function my_tasklet(p: my_state): void {
  p.count++;
}

let state: my_state | null = null;

function my_init(): number {
  state = kmalloc(my_state, GFP_KERNEL);
  if (!state) return -ENOMEM;
  tasklet_init(state.tasklet, my_tasklet, state);
  return 0;
}

function my_exit(): void {
  const p = state;
  if (!p) return;
  tasklet_schedule(p.tasklet);
  kfree(p);
}

module_init(my_init);
module_exit(my_exit);
