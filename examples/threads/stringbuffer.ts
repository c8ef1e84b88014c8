// @lab workload=threads nic=none
// @expect oops
// One buffer is appended to another: its length is asked for under its lock, its characters are copied under the lock, but
// between the two somebody empties it.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const from = { lock: DEFINE_SPINLOCK(), count: 3 };
const into = { lock: DEFINE_SPINLOCK(), count: 0 };

function length(): number {
  spin_lock(from.lock);
  const n = from.count;
  spin_unlock(from.lock);
  return n;
}

function get_chars(n: number): void {
  spin_lock(from.lock);
  BUG_ON(n > from.count);
  spin_unlock(from.lock);
}

function append(): number {
  spin_lock(into.lock);
  const n = length();
  get_chars(n);
  into.count += n;
  spin_unlock(into.lock);
  return 0;
}

function erase(): number {
  spin_lock(from.lock);
  from.count = 0;
  spin_unlock(from.lock);
  return 0;
}

function buffer_init(): number {
  kthread_run(erase, null, "erase");
  kthread_run(append, null, "append");
  return 0;
}

module_init(buffer_init);
module_exit(() => {});
