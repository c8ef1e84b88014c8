// @lab workload=threads nic=none
// @expect oops
// The flag says that something was pushed once, not that something is there.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const SIZE = 10;
const lock = DEFINE_SPINLOCK();
const stack = { slots: new Array<number>(SIZE).fill(0), top: 0, pushed: false };

function pusher(): number {
  for (let i = 0; i < SIZE; i++) {
    spin_lock(lock);
    BUG_ON(stack.top === SIZE);
    stack.slots[stack.top] = i;
    stack.top++;
    stack.pushed = true;
    spin_unlock(lock);
  }
  return 0;
}

function popper(): number {
  for (let i = 0; i < SIZE; i++) {
    spin_lock(lock);
    if (stack.pushed) {
      BUG_ON(stack.top === 0);
      stack.top--;
    }
    spin_unlock(lock);
  }
  return 0;
}

function stack_init(): number {
  kthread_run(pusher, null, "pusher");
  kthread_run(popper, null, "popper");
  return 0;
}

module_init(stack_init);
module_exit(() => {});
