// @lab workload=threads nic=none
// @expect none
// What is made on first use is made once: looked for again under the lock. Complete search finds nothing.
import { atomic_inc, atomic_read, atomic_t } from "asm/atomic";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const lock = DEFINE_SPINLOCK();
const ready = new atomic_t(0);
const made = new atomic_t(0);

function user(): number {
  if (atomic_read(ready) === 0) {
    spin_lock(lock);
    if (atomic_read(ready) === 0) {
      atomic_inc(made);
      atomic_inc(ready);
    }
    spin_unlock(lock);
  }
  BUG_ON(atomic_read(made) !== 1);
  return 0;
}

function lazy_init(): number {
  kthread_run(user, null, "user/%d", 0);
  kthread_run(user, null, "user/%d", 1);
  return 0;
}

module_init(lazy_init);
module_exit(() => {});
