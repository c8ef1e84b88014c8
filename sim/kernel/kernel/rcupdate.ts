/** Read-copy update (kernel/rcupdate.c): readers are sections without preemption. */
import { cpu_id, migrate, nr_cpus, order, point, task_create } from "machine";
import { __local_bh_enable_unlock, local_bh_disable } from "./bh.ts";
import { check_arg } from "./misuse.ts";
import { preempt_disable, preempt_enable } from "./preempt.ts";
import { __might_sleep } from "./sched.ts";

/** Begins a read-side section: what it sees is not freed before rcu_read_unlock. Any context; must not sleep. Linux include/linux/rcupdate.h: rcu_read_lock. */
export function rcu_read_lock(): void {
  preempt_disable();
}
/** Ends a read-side section. Linux include/linux/rcupdate.h: rcu_read_unlock. */
export function rcu_read_unlock(): void {
  preempt_enable();
}
/** rcu_read_lock with bottom halves off. Linux include/linux/rcupdate.h: rcu_read_lock_bh. */
export function rcu_read_lock_bh(): void {
  local_bh_disable();
}
/** Ends rcu_read_lock_bh. Linux include/linux/rcupdate.h: rcu_read_unlock_bh. */
export function rcu_read_unlock_bh(): void {
  __local_bh_enable_unlock("rcu_read_unlock_bh");
}
/** Reads a protected pointer: `rcu_dereference(dev.qdisc)`. Linux include/linux/rcupdate.h: rcu_dereference. */
export function rcu_dereference<T>(p: T): T {
  point();
  order(null, "loads");
  return p;
}
/** Publishes a pointer: `p.v = next` for readers. Linux include/linux/rcupdate.h: rcu_assign_pointer. */
export function rcu_assign_pointer<T>(p: { v: T }, next: T): void {
  point();
  order(p, "release");
  p.v = next;
}

/** Visits each other CPU: it can run there only when no reader does (kernel/rcupdate.c's grace period, done by hand). */
function visit_all_cpus(): void {
  const home = cpu_id();
  for (let cpu = 0; cpu < nr_cpus(); cpu++) if (cpu !== home) migrate(cpu);
  if (nr_cpus() > 1) migrate(home);
  order(null, "grace");
}

/** Waits until all readers that run now have ended, and softirqs and tasklets that run on other CPUs. Process context. Linux kernel/rcupdate.c: synchronize_rcu. */
export function synchronize_rcu(): void {
  __might_sleep("synchronize_rcu");
  point();
  visit_all_cpus();
}
/** synchronize_rcu for sections with preemption or interrupts off. Process context. Linux include/linux/rcupdate.h: synchronize_sched. */
export function synchronize_sched(): void {
  __might_sleep("synchronize_sched");
  point();
  visit_all_cpus();
}
/** Waits until no CPU works on a packet that it took before. Process context. Linux net/core/dev.c: synchronize_net. */
export function synchronize_net(): void {
  __might_sleep("synchronize_net");
  point();
  visit_all_cpus();
}

/** Has `func(head)` called after a grace period. Any context. Linux kernel/rcupdate.c: call_rcu. */
export function call_rcu<T>(head: T, func: (head: T) => void): void {
  check_arg("call_rcu", "func", func, "function");
  point();
  task_create(
    "rcu",
    () => {
      visit_all_cpus();
      func(head);
    },
    null,
    { cpu: cpu_id() },
  );
}
