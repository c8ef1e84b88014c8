// @lab workload=threads nic=none
// @expect oops
// The withdrawal looks at the balance, and takes from what it saw: a deposit between the two is lost.
import { atomic_read, atomic_set, atomic_t } from "asm/atomic";
import { complete, completion, init_completion, wait_for_completion } from "linux/completion";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const balance = new atomic_t(10);
const deposited = new completion();

function deposit(): number {
  atomic_set(balance, atomic_read(balance) + 5);
  complete(deposited);
  return 0;
}

function withdraw(): number {
  const before = atomic_read(balance);
  atomic_set(balance, before - 3);
  wait_for_completion(deposited);
  BUG_ON(atomic_read(balance) !== 12);
  return 0;
}

function balance_init(): number {
  init_completion(deposited);
  kthread_run(deposit, null, "deposit");
  kthread_run(withdraw, null, "withdraw");
  return 0;
}

module_init(balance_init);
module_exit(() => {});
