// @lab workload=threads nic=none
// @expect none
// Two philosophers who agree about which fork is taken first. Complete search finds nothing.
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const left = DEFINE_SPINLOCK();
const right = DEFINE_SPINLOCK();
const meals = { eaten: 0 };

function philosopher(): number {
  spin_lock(left);
  spin_lock(right);
  meals.eaten++;
  spin_unlock(right);
  spin_unlock(left);
  return 0;
}

function table_init(): number {
  kthread_run(philosopher, null, "philosopher/%d", 0);
  kthread_run(philosopher, null, "philosopher/%d", 1);
  return 0;
}

module_init(table_init);
module_exit(() => {});
