/* The flush does not end a work that queues itself: wrong. */
// @lab nic=none
// @expect work-rearm ?life-use-after-free
import { msleep } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { module_exit, module_init } from "linux/module";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import {
  flush_scheduled_work,
  INIT_WORK,
  schedule_delayed_work,
  schedule_work,
  work_struct,
} from "linux/workqueue";

class my_state {
  work = new work_struct();
  count = 0;
}

function my_work(p: my_state): void {
  schedule_delayed_work(p.work, 5);
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
  schedule_work(p.work);
  msleep(10);
  flush_scheduled_work();
  kfree(p);
}

module_init(my_init);
module_exit(my_exit);
