// @lab workload=threads nic=none
// @expect oops
// Each step is locked, and the withdrawal as a whole is not: a deposit between its look at the balance and its store is
// lost. Who creates the thread goes on with the deposit, so it takes two preemptions: one before the deposit, one within
// the withdrawal.
import { complete, completion, init_completion, wait_for_completion } from "linux/completion";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const lock = DEFINE_SPINLOCK();
const account = { balance: 10 };
const withdrawn = new completion();

function current_balance(): number {
  spin_lock(lock);
  const { balance } = account;
  spin_unlock(lock);
  return balance;
}

function deposit(amount: number): void {
  spin_lock(lock);
  account.balance += amount;
  spin_unlock(lock);
}

function withdraw(): number {
  const before = current_balance();
  spin_lock(lock);
  account.balance = before - 2;
  spin_unlock(lock);
  complete(withdrawn);
  return 0;
}

function balance_init(): number {
  init_completion(withdrawn);
  kthread_run(withdraw, null, "withdraw");
  deposit(1);
  wait_for_completion(withdrawn);
  BUG_ON(current_balance() !== 9);
  return 0;
}

module_init(balance_init);
module_exit(() => {});
