// @lab workload=threads nic=none
// @expect oops
// The reader empties a queue in one go and expects what the writer has put there; flags say that somebody was there, not who
// comes next.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const SIZE = 8;
const lock = DEFINE_SPINLOCK();
const queue = { slots: new Array<number>(SIZE).fill(0), head: 0, tail: 0, amount: 0 };
const turn = { enqueue: true, dequeue: false };
const stored = new Array<number>(SIZE).fill(0);

function enqueue(x: number): void {
  queue.slots[queue.tail] = x;
  queue.amount++;
  queue.tail = (queue.tail + 1) % SIZE;
}

function dequeue(): number {
  const x = queue.slots[queue.head]!;
  queue.amount--;
  queue.head = (queue.head + 1) % SIZE;
  return x;
}

function writer(): number {
  spin_lock(lock);
  enqueue(7);
  stored[0] = 7;
  spin_unlock(lock);
  for (let i = 1; i < SIZE; i++) {
    spin_lock(lock);
    if (turn.enqueue) {
      enqueue(i);
      stored[i] = i;
      turn.enqueue = false;
      turn.dequeue = true;
    }
    spin_unlock(lock);
  }
  return 0;
}

function reader(): number {
  for (let i = 0; i < SIZE; i++) {
    spin_lock(lock);
    if (turn.dequeue) {
      BUG_ON(queue.amount === 0 || dequeue() !== stored[i]);
      turn.dequeue = false;
      turn.enqueue = true;
    }
    spin_unlock(lock);
  }
  return 0;
}

function queue_init(): number {
  kthread_run(writer, null, "writer");
  kthread_run(reader, null, "reader");
  return 0;
}

module_init(queue_init);
module_exit(() => {});
