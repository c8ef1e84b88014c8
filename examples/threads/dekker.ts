// @lab workload=threads nic=none
// @expect none
// Each raises its flag and enters only if the other's is down: never both. Complete search finds nothing.
import { atomic_inc, atomic_read, atomic_set, atomic_t } from "asm/atomic";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const flags = [new atomic_t(0), new atomic_t(0)];
const inside = new atomic_t(0);

function contender(me: number): number {
  atomic_set(flags[me]!, 1);
  if (atomic_read(flags[1 - me]!) === 0) {
    atomic_inc(inside);
    BUG_ON(atomic_read(inside) !== 1);
  }
  return 0;
}

function dekker_init(): number {
  kthread_run(contender, 0, "contender/%d", 0);
  kthread_run(contender, 1, "contender/%d", 1);
  return 0;
}

module_init(dekker_init);
module_exit(() => {});
