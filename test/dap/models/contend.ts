// Two kernel threads on two CPUs that both run before either takes the lock.
// @lab workload=threads cpus=2 nic=none

import { kthread_bind, kthread_create } from "linux/kthread";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import { schedule, type task_struct, wake_up_process } from "linux/sched";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

MODULE_LICENSE("GPL");

const ROUNDS = 20;
const lock = DEFINE_SPINLOCK();
let ready = 0;
let total = 0;

function hold(id: number) {
  spin_lock(lock); // #bp lock
  total += id; // #bp held
  spin_unlock(lock); // #bp unlock
}

function contender(id: number): number {
  ready++;
  while (ready < 2) schedule();
  for (let round = 0; round < ROUNDS; round++) {
    hold(id); // #bp round
    total -= id; // #bp after
  }
  return 0;
}

function start(id: number) {
  const thread = kthread_create(contender, id, "contender/%d", id) as task_struct;
  kthread_bind(thread, id);
  wake_up_process(thread);
}

function contend_init(): number {
  start(0);
  start(1);
  return 0;
}

function contend_exit() {}

module_init(contend_init);
module_exit(contend_exit);
