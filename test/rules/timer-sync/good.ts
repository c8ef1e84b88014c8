/* The timer has ended when what it uses is freed. */
// @lab nic=none
// @expect none
import { udelay } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { add_timer_on, del_timer_sync, init_timer, timer_list } from "linux/timer";

class my_state {
  timer = new timer_list();
  busy = false;
  count = 0;
}

function my_timer(p: my_state): void {
  p.busy = true;
  udelay(500);
  p.count++;
}

let state: my_state | null = null;

function my_init(): number {
  state = kmalloc(my_state, GFP_KERNEL);
  if (!state) return -ENOMEM;
  init_timer(state.timer);
  state.timer.function = my_timer;
  state.timer.data = state;
  return 0;
}

function my_exit(): void {
  const p = state;
  if (!p) return;
  p.timer.expires = jiffies + 1;
  add_timer_on(p.timer, 1);
  while (!p.busy) udelay(10);
  del_timer_sync(p.timer);
  kfree(p);
}

module_init(my_init);
module_exit(my_exit);
