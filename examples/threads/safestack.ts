// @lab workload=threads nic=none
// @expect ?oops
// A stack without locks whose nodes go round: five preemptions let two threads own the same node. `param=rounds=N`.
import { atomic_cmpxchg, atomic_dec, atomic_inc, atomic_read, atomic_t } from "asm/atomic";
import { xchg } from "asm/system";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";

const WORKERS = 3;
const rounds = { v: 2 };
module_param("rounds", rounds);

const nodes = [1, 2, -1].map((next) => ({ value: 0, next: { v: next } }));
const head = new atomic_t(0);
const count = new atomic_t(WORKERS);

function pop(): number {
  while (atomic_read(count) > 1) {
    const first = atomic_read(head);
    const next = xchg(nodes[first]!.next, -1);
    if (next < 0) continue;
    if (atomic_cmpxchg(head, first, next) === first) {
      atomic_dec(count);
      return first;
    }
    xchg(nodes[first]!.next, next);
  }
  return -1;
}

function push(index: number): void {
  let first: number;
  do {
    first = atomic_read(head);
    nodes[index]!.next.v = first;
  } while (atomic_cmpxchg(head, first, index) !== first);
  atomic_inc(count);
}

function worker(id: number): number {
  for (let i = 0; i < rounds.v; i++) {
    let mine = pop();
    while (mine < 0) mine = pop();
    nodes[mine]!.value = id;
    BUG_ON(nodes[mine]!.value !== id);
    push(mine);
  }
  return 0;
}

function stack_init(): number {
  for (let id = 0; id < WORKERS; id++) kthread_run(worker, id, "worker/%d", id);
  return 0;
}

module_init(stack_init);
module_exit(() => {});
