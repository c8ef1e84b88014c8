/* What is done after the flush queues the work again: wrong. */
// @lab nic=none
// @expect work-flush-order ?life-use-after-free
import { ENOMEM } from "linux/errno";
import { module_exit, module_init } from "linux/module";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";

class my_state {
  work = new work_struct();
  count = 0;
}

function my_work(p: my_state): void {
  p.count++;
}

let state: my_state | null = null;

function my_init(): number {
  state = kmalloc(my_state, GFP_KERNEL);
  if (!state) return -ENOMEM;
  INIT_WORK(state.work, my_work, state);
  return 0;
}

function my_exit(): void {
  const p = state;
  if (!p) return;
  flush_scheduled_work();
  schedule_work(p.work);
  kfree(p);
}

module_init(my_init);
module_exit(my_exit);
