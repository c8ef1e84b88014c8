// @lab workload=threads nic=none
// @expect oops
// Deposit, withdrawal and audit: nobody tells the audit to wait for the others, and it expects what only some orders give.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const lock = DEFINE_SPINLOCK();
const account = { balance: 1, deposited: false, withdrawn: false };

function deposit(): number {
  spin_lock(lock);
  account.balance += 2;
  account.deposited = true;
  spin_unlock(lock);
  return 0;
}

function withdraw(): number {
  spin_lock(lock);
  account.balance -= 4;
  account.withdrawn = true;
  spin_unlock(lock);
  return 0;
}

function audit(): number {
  spin_lock(lock);
  if (account.deposited && account.withdrawn) BUG_ON(account.balance !== 1 - 2 - 4);
  spin_unlock(lock);
  return 0;
}

function account_init(): number {
  kthread_run(audit, null, "audit");
  kthread_run(deposit, null, "deposit");
  kthread_run(withdraw, null, "withdraw");
  return 0;
}

module_init(account_init);
module_exit(() => {});
