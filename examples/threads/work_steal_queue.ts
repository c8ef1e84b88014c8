// @lab workload=threads nic=none
// @expect oops
// A double-ended queue for one owner and thieves. The thief looks before it takes: meanwhile the owner takes the same item.

import { complete, completion, init_completion, wait_for_completion } from "linux/completion";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const items = { v: 4 };
const steals = { v: 2 };
const MASK = 3;
module_param("items", items);
module_param("steals", steals);

const lock = DEFINE_SPINLOCK();
const stolen = new completion();
const ends = { head: 0, tail: 0 };
const slots = new Array<number>(MASK + 1).fill(-1);
const taken: number[] = [];

function push(item: number): void {
  const t = ends.tail;
  slots[t & MASK] = item;
  ends.tail = t + 1;
}

/** The owner's end. Where the thief may be about to take the last item, both agree under the lock. */
function pop(): number {
  let t = ends.tail - 1;
  ends.tail = t;
  if (ends.head <= t) return slots[t & MASK]!;
  ends.tail = t + 1;
  spin_lock(lock);
  t = ends.tail - 1;
  ends.tail = t;
  let item = -1;
  if (ends.head <= t) item = slots[t & MASK]!;
  else ends.tail = t + 1;
  spin_unlock(lock);
  return item;
}

/** The thief's end: looks whether there is something, and takes it only then. */
function steal(): number {
  let item = -1;
  spin_lock(lock);
  const h = ends.head;
  if (h < ends.tail) {
    ends.head = h + 1;
    item = slots[h & MASK]!;
  }
  spin_unlock(lock);
  return item;
}

function note(item: number): void {
  if (item >= 0) taken[item] = (taken[item] ?? 0) + 1;
}

function thief(): number {
  for (let i = 0; i < steals.v; i++) note(steal());
  complete(stolen);
  return 0;
}

function owner(): number {
  for (let i = 0; i < items.v; i += 2) {
    push(i);
    push(i + 1);
    note(pop());
  }
  for (let i = 0; i < items.v / 2; i++) note(pop());
  wait_for_completion(stolen);
  for (let i = 0; i < items.v; i++) BUG_ON(taken[i] !== 1);
  return 0;
}

function queue_init(): number {
  init_completion(stolen);
  kthread_run(owner, null, "owner");
  kthread_run(thief, null, "thief");
  return 0;
}

module_init(queue_init);
module_exit(() => {});
