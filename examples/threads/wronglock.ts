// @lab workload=threads nic=none
// @expect oops
// One thread protects the data with a lock that the others do not take. `param=others=N`.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const others = { v: 3 };
const right = DEFINE_SPINLOCK();
const wrong = DEFINE_SPINLOCK();
const data = { value: 0 };
module_param("others", others);

function checker(): number {
  spin_lock(right);
  const before = data.value;
  BUG_ON(before !== data.value);
  spin_unlock(right);
  return 0;
}

function changer(): number {
  spin_lock(wrong);
  data.value++;
  spin_unlock(wrong);
  return 0;
}

function wronglock_init(): number {
  kthread_run(checker, null, "checker");
  for (let i = 0; i < others.v; i++) kthread_run(changer, null, "changer/%d", i);
  return 0;
}

module_init(wronglock_init);
module_exit(() => {});
