// @lab workload=threads nic=none
// @expect oops
// Producer and consumer give up for good when it is not their turn: the consumer sees later numbers than it counts.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const N = 7;
const SIZE = 10;
const lock = DEFINE_SPINLOCK();
const ring = { slots: new Array<number>(SIZE).fill(0), first: 0, next: 0, send: true, receive: false };

function producer(): number {
  for (let i = 0; i < N; i++) {
    spin_lock(lock);
    if (ring.send) {
      ring.slots[ring.next] = i;
      ring.next = (ring.next + 1) % SIZE;
      ring.send = false;
      ring.receive = true;
    }
    spin_unlock(lock);
  }
  return 0;
}

function consumer(): number {
  for (let i = 0; i < N; i++) {
    spin_lock(lock);
    if (ring.receive) {
      const got = ring.slots[ring.first];
      ring.first++;
      BUG_ON(got !== i);
      ring.receive = false;
      ring.send = true;
    }
    spin_unlock(lock);
  }
  return 0;
}

function ring_init(): number {
  kthread_run(producer, null, "producer");
  kthread_run(consumer, null, "consumer");
  return 0;
}

module_init(ring_init);
module_exit(() => {});
