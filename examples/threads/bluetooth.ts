// @lab workload=threads nic=none
// @expect oops
// A driver is stopped between the test of its flag and the count of what is under way: work begins on a stopped device.
import { atomic_dec_and_test, atomic_inc, atomic_t } from "asm/atomic";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const dev = { pending: new atomic_t(1), stopping: false, idle: false };
const state = { stopped: false };

function io_decrement(): void {
  if (atomic_dec_and_test(dev.pending)) dev.idle = true;
}

function add(): number {
  if (!dev.stopping) {
    atomic_inc(dev.pending);
    BUG_ON(state.stopped);
  }
  io_decrement();
  return 0;
}

function stop(): number {
  dev.stopping = true;
  io_decrement();
  if (dev.idle) state.stopped = true;
  return 0;
}

function bluetooth_init(): number {
  kthread_run(stop, null, "stop");
  kthread_run(add, null, "add");
  return 0;
}

module_init(bluetooth_init);
module_exit(() => {});
