// Two kernel threads that count under a lock: enough to stop, step and look at.
// @lab workload=threads cpus=2 nic=none

import { KERN_INFO, printk } from "linux/kernel";
import { kthread_bind, kthread_create } from "linux/kthread";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import { type task_struct, wake_up_process } from "linux/sched";
import {
  DEFINE_SPINLOCK,
  spin_lock,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
} from "linux/spinlock";

MODULE_LICENSE("GPL");

const ROUNDS = 5;
const lock = DEFINE_SPINLOCK();
const other_lock = DEFINE_SPINLOCK();
let total = 0;

class Point {
  x = 1;
  y = 2;
  #secret = 3;
  get sum() {
    total++;
    return this.x + this.y + this.#secret;
  }
}

function add(amount: number) {
  const before = total; // #bp add
  total = before + amount;
  return total;
}

function locked_add(amount: number) {
  const flags = spin_lock_irqsave(lock); // #bp locked_add
  spin_lock(other_lock);
  const result = add(amount); // #bp held
  spin_unlock(other_lock); // #bp added
  spin_unlock_irqrestore(lock, flags); // #bp unlock
  return result;
}

function shapes() {
  const text = "hello";
  const long_list = Array.from({ length: 250 }, (_, i) => i * i);
  const bytes = new Uint8Array([1, 2, 255]);
  const table = new Map<string, unknown>([
    ["one", { value: 1 }],
    ["two", [2]],
  ]);
  const point = new Point();
  const nested = { name: "outer", inner: { list: [10, 20, 30], flag: true }, nothing: null as unknown };
  const big = 12345678901234567890n;
  const self: { me?: unknown } = {};
  self.me = self;
  const inner = (n: number) => n + text.length + nested.inner.list.length; // #bp arrow
  let value = inner(1); // #bp shapes
  value += long_list.length + bytes.length + table.size + point.x + Number(big > 0n);
  return value; // #bp shapes end
}

function worker(id: number): number {
  for (let round = 0; round < ROUNDS; round++) {
    const sum = locked_add(id); // #bp round
    printk(`${KERN_INFO}worker ${id} round ${round}: ${sum > 0}\n`); // #bp printk
  }
  return 0; // #bp worker end
}

function one(): number {
  return 1;
}

function double(n: number): number {
  return 2 * n;
}

function start(id: number) {
  const thread = kthread_create(worker, id, "worker/%d", id) as task_struct;
  kthread_bind(thread, id - 1);
  wake_up_process(thread);
}

function workers_init(): number {
  printk(`${KERN_INFO}workers: loaded\n`); // #bp init
  shapes();
  start(1);
  if (ROUNDS > 0) start(2); // #bp two statements
  printk(`${KERN_INFO}workers: both started\n`);
  return 0;
}

function workers_exit() {
  printk(`${KERN_INFO}workers: total ${total}\n`); // #bp exit
  total = double(one()) + one(); // #bp two calls
}

module_init(workers_init);
module_exit(workers_exit);
