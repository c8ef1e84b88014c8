// No device: threads, a mutex, a semaphore that is handed over, completions, delayed work, lock order between two classes.

import { wait } from "lab/workload";
import { complete, completion, init_completion, wait_for_completion } from "linux/completion";
import { msleep } from "linux/delay";
import { EINVAL, EIO } from "linux/errno";
import { module_exit, module_init } from "linux/init";
import { HZ } from "linux/jiffies";
import { kthread_run } from "linux/kthread";
import { mutex, mutex_init, mutex_lock, mutex_unlock } from "linux/mutex";
import { down, sema_init, semaphore, up } from "linux/netdevice";
import { schedule } from "linux/sched";
import {
  local_irq_disable,
  local_irq_enable,
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import {
  cancel_rearming_delayed_work,
  flush_scheduled_work,
  INIT_WORK,
  schedule_delayed_work,
  work_struct,
} from "linux/workqueue";

class account {
  lock = new spinlock_t();
  balance = 0;
}

class bank {
  mutex = new mutex();
  a = new account();
  log = new spinlock_t();
  items = new semaphore();
  done = new completion();
  audit = new work_struct();
  running = 1;
}

const the_bank = new bank();

function log_line(b: bank, n: number): void {
  const flags = spin_lock_irqsave(b.log);
  b.running += n & 0;
  spin_unlock_irqrestore(b.log, flags);
}

function pay(b: bank, amount: number): number {
  spin_lock(b.a.lock);
  if (b.a.balance < amount) {
    // wrong lock-leak,?lock-recursion,?ctx-sleep-atomic:
    spin_unlock(b.a.lock);
    return -EINVAL;
  }
  b.a.balance -= amount;
  log_line(b, amount);
  // wrong+ ctx-sleep-atomic,?ctx-mutex-irq: mutex_lock(b.mutex); mutex_unlock(b.mutex);
  spin_unlock(b.a.lock);
  return 0;
}

function producer(): number {
  const b = the_bank;
  for (let i = 0; i < 10; i++) {
    mutex_lock(b.mutex);
    b.a.balance++;
    // wrong+ lock-leak: if (b.a.balance > 9) return -EIO;
    mutex_unlock(b.mutex);
    up(b.items);
  }
  complete(b.done);
  return 0;
}

function consumer(): number {
  const b = the_bank;
  for (let i = 0; i < 10; i++) {
    down(b.items);
    if (pay(b, 1) < 0) continue;
    schedule();
  }
  complete(b.done);
  return 0;
}

function auditor(b: bank): void {
  mutex_lock(b.mutex);
  b.a.balance += 0;
  // wrong+ lock-order: spin_lock(b.log); spin_lock(b.a.lock); spin_unlock(b.a.lock); spin_unlock(b.log);
  // wrong+ lock-unlock-unheld,?lock-owner: spin_unlock(b.log);
  mutex_unlock(b.mutex);
  if (b.running) schedule_delayed_work(b.audit, HZ);
}

function tasks_init(): number {
  const b = the_bank;
  mutex_init(b.mutex);
  spin_lock_init(b.log);
  spin_lock_init(b.a.lock);
  sema_init(b.items, 0);
  init_completion(b.done);
  INIT_WORK(b.audit, auditor, b);
  schedule_delayed_work(b.audit, HZ);
  kthread_run(producer, null, "producer");
  kthread_run(consumer, null, "consumer");
  // wrong+ ctx-sleep-irqoff: local_irq_disable(); msleep(1); local_irq_enable();
  return 0;
}

function tasks_exit(): void {
  const b = the_bank;
  wait_for_completion(b.done);
  wait_for_completion(b.done);
  b.running = 0;
  // wrong+ work-flush-lock,?lock-wait-inside: mutex_lock(b.mutex); flush_scheduled_work(); mutex_unlock(b.mutex);
  cancel_rearming_delayed_work(b.audit);
}

module_init(tasks_init);
module_exit(tasks_exit);
