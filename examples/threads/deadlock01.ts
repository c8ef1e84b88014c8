// @lab workload=threads nic=none
// @expect lock-order ?deadlock
// Two locks, taken in both orders.
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const a = DEFINE_SPINLOCK();
const b = DEFINE_SPINLOCK();
const state = { counter: 1 };

function up(): number {
  spin_lock(a);
  spin_lock(b);
  state.counter++;
  spin_unlock(b);
  spin_unlock(a);
  return 0;
}

function down(): number {
  spin_lock(b);
  spin_lock(a);
  state.counter--;
  spin_unlock(a);
  spin_unlock(b);
  return 0;
}

function deadlock_init(): number {
  kthread_run(up, null, "up");
  kthread_run(down, null, "down");
  return 0;
}

module_init(deadlock_init);
module_exit(() => {});
