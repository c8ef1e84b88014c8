// @lab workload=threads nic=none
// @expect oops
// The I/O priority of a task is asked for while the task ends and drops its I/O context (CVE-2016-7911).
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const task: { alloc_lock: ReturnType<typeof DEFINE_SPINLOCK>; io_context: { ioprio: number } | null } = {
  alloc_lock: DEFINE_SPINLOCK(),
  io_context: { ioprio: 4 },
};
const answer = { ioprio: 0 };

function get_task_ioprio(): number {
  if (task.io_context === null) return 0;
  answer.ioprio = task.io_context!.ioprio;
  return 0;
}

function exit_io_context(): number {
  spin_lock(task.alloc_lock);
  const ioc = task.io_context!;
  task.io_context = null;
  spin_unlock(task.alloc_lock);
  ioc.ioprio = 0;
  return 0;
}

function ioprio_init(): number {
  kthread_run(exit_io_context, null, "exit");
  kthread_run(get_task_ioprio, null, "get");
  return 0;
}

module_init(ioprio_init);
module_exit(() => {});
