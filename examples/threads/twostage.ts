// @lab workload=threads nic=none
// @expect oops
// Two fields that belong together are written in two critical sections; a reader falls into the gap. `param=writers=N`.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const writers = { v: 1 };
const first = DEFINE_SPINLOCK();
const second = DEFINE_SPINLOCK();
const data = { one: 0, two: 0 };
module_param("writers", writers);

function writer(): number {
  spin_lock(first);
  data.one = 1;
  spin_unlock(first);
  spin_lock(second);
  data.two = data.one + 1;
  spin_unlock(second);
  return 0;
}

function reader(): number {
  spin_lock(first);
  const one = data.one;
  spin_unlock(first);
  if (one === 0) return 0;
  spin_lock(second);
  const two = data.two;
  spin_unlock(second);
  BUG_ON(two !== one + 1);
  return 0;
}

function twostage_init(): number {
  for (let i = 0; i < writers.v; i++) kthread_run(writer, null, "writer/%d", i);
  kthread_run(reader, null, "reader");
  return 0;
}

module_init(twostage_init);
module_exit(() => {});
