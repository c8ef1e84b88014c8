/** Tasklets (kernel/softirq.c, include/linux/interrupt.h). */
import { cpu_id, driver_call, emit, nr_cpus, object_id, order, point, spin_until } from "machine";
import { arch_irq_restore, arch_irq_save } from "./irqflags.ts";
import { check_arg } from "./misuse.ts";
import { in_interrupt } from "./preempt.ts";
import { printk } from "./printk.ts";
import { tell_restricted } from "./restricted.ts";
import { __might_sleep, _yield } from "./sched.ts";
import { HI_SOFTIRQ, open_softirq, raise_softirq_irqoff, TASKLET_SOFTIRQ } from "./softirq.ts";

export type tasklet_fn = (data: never) => void;

/** A tasklet (struct tasklet_struct): a function that runs once in softirq context after tasklet_schedule. */
export class tasklet_struct {
  readonly id = object_id("tasklet");
  func: tasklet_fn | null = null;
  data: unknown = null;
  /** Scheduled and not yet begun (TASKLET_STATE_SCHED). */
  scheduled = false;
  /** Running on a CPU (TASKLET_STATE_RUN). */
  running = false;
  /** How often it is disabled. */
  count = 0;
}

let tasklet_vec: tasklet_struct[][] = [];
let tasklet_hi_vec: tasklet_struct[][] = [];

/** Makes a tasklet ready. It must not be scheduled. Any context. Linux kernel/softirq.c: tasklet_init. */
export function tasklet_init(t: tasklet_struct, func: tasklet_fn, data: unknown): void {
  check_arg("tasklet_init", "t", t, tasklet_struct);
  check_arg("tasklet_init", "func", func, "function");
  t.scheduled = false;
  t.running = false;
  t.count = 0;
  t.func = func;
  t.data = data;
  emit({ type: "initialised", what: "tasklet", object: t });
}

/** A ready tasklet. Linux include/linux/interrupt.h: DECLARE_TASKLET. */
export function DECLARE_TASKLET(func: tasklet_fn, data: unknown): tasklet_struct {
  const t = new tasklet_struct();
  tasklet_init(t, func, data);
  return t;
}

/** A tasklet that is disabled at first. Linux include/linux/interrupt.h: DECLARE_TASKLET_DISABLED. */
export function DECLARE_TASKLET_DISABLED(func: tasklet_fn, data: unknown): tasklet_struct {
  const t = DECLARE_TASKLET(func, data);
  t.count = 1;
  return t;
}

function schedule_on(fn: string, t: tasklet_struct, vec: tasklet_struct[][], nr: number): void {
  check_arg(fn, "t", t, tasklet_struct);
  point();
  if (t.scheduled) return;
  check_arg(fn, "t.func (tasklet_init not called?)", t.func, "function");
  t.scheduled = true;
  emit({ type: "tasklet-scheduled", tasklet: t });
  const flags = arch_irq_save();
  vec[cpu_id()]?.push(t);
  raise_softirq_irqoff(nr);
  arch_irq_restore(flags);
}

/**
 * Has the tasklet's function run soon, once, in softirq context on this CPU; nothing if it is scheduled already. It never
 * runs on two CPUs at once. Any context. Linux include/linux/interrupt.h: tasklet_schedule.
 */
export function tasklet_schedule(t: tasklet_struct): void {
  schedule_on("tasklet_schedule", t, tasklet_vec, TASKLET_SOFTIRQ);
}

/** tasklet_schedule before all other softirqs. Any context. Linux include/linux/interrupt.h: tasklet_hi_schedule. */
export function tasklet_hi_schedule(t: tasklet_struct): void {
  schedule_on("tasklet_hi_schedule", t, tasklet_hi_vec, HI_SOFTIRQ);
}

/** The softirq (kernel/softirq.c: tasklet_action). */
function run_list(vec: tasklet_struct[][], nr: number): void {
  const cpu = cpu_id();
  const list = vec[cpu] ?? [];
  vec[cpu] = [];
  for (const t of list) {
    if (!t.running && t.count === 0) {
      run_one(t);
      continue;
    }
    const flags = arch_irq_save();
    vec[cpu]?.push(t);
    raise_softirq_irqoff(nr);
    arch_irq_restore(flags);
  }
}

function run_one(t: tasklet_struct): void {
  t.running = true;
  t.scheduled = false;
  order(t, "acquire");
  emit({ type: "tasklet-run", tasklet: t });
  driver_call("tasklet", t, t.func as tasklet_fn, t.data);
  t.running = false;
  order(t, "release");
  emit({ type: "tasklet-done", tasklet: t });
  point();
}

/** Waits for the function to end, without stopping it. Busy-waits: not from the tasklet itself. Linux include/linux/interrupt.h: tasklet_unlock_wait. */
export function tasklet_unlock_wait(t: tasklet_struct): void {
  wait("tasklet_unlock_wait", t);
}

function wait(fn: string, t: tasklet_struct): void {
  check_arg(fn, "t", t, tasklet_struct);
  point();
  emit({ type: "wait-for", fn, what: "tasklet", id: t.id });
  while (t.running) spin_until(t, "waits until the tasklet has run", () => !t.running);
  order(t, "acquire");
}

/** The tasklet does not start any more; does not wait for one that runs. Any context; nests. Linux include/linux/interrupt.h: tasklet_disable_nosync. */
export function tasklet_disable_nosync(t: tasklet_struct): void {
  check_arg("tasklet_disable_nosync", "t", t, tasklet_struct);
  point();
  t.count++;
}

/** tasklet_disable_nosync, and waits until it has ended. Not from the tasklet itself. Linux include/linux/interrupt.h: tasklet_disable. */
export function tasklet_disable(t: tasklet_struct): void {
  check_arg("tasklet_disable", "t", t, tasklet_struct);
  tasklet_disable_nosync(t);
  wait("tasklet_disable", t);
}

/** Undoes one tasklet_disable. Any context. Linux include/linux/interrupt.h: tasklet_enable. */
export function tasklet_enable(t: tasklet_struct): void {
  check_arg("tasklet_enable", "t", t, tasklet_struct);
  point();
  if (t.count === 0)
    emit({
      type: "api-misused",
      fn: "tasklet_enable",
      message: "tasklet_enable() enables a tasklet that is not disabled",
      rule: "task-enable-balance",
    });
  order(t, "release");
  t.count--;
}

/** Waits until the tasklet is neither scheduled nor running. Process context; nobody may schedule it meanwhile. Linux kernel/softirq.c: tasklet_kill. */
export function tasklet_kill(t: tasklet_struct): void {
  check_arg("tasklet_kill", "t", t, tasklet_struct);
  if (in_interrupt()) {
    tell_restricted("tasklet_kill");
    printk("Attempt to kill tasklet from interrupt\n");
  }
  __might_sleep("tasklet_kill");
  point();
  emit({ type: "wait-for", fn: "tasklet_kill", what: "tasklet", id: t.id });
  while (t.scheduled) _yield();
  t.scheduled = true;
  wait("tasklet_kill", t);
  t.scheduled = false;
  emit({ type: "tasklet-killed", tasklet: t });
}

/** Boot (kernel/softirq.c: softirq_init). */
export function tasklets_init(): void {
  tasklet_vec = [];
  tasklet_hi_vec = [];
  for (let cpu = 0; cpu < nr_cpus(); cpu++) {
    tasklet_vec.push([]);
    tasklet_hi_vec.push([]);
  }
  open_softirq(TASKLET_SOFTIRQ, () => run_list(tasklet_vec, TASKLET_SOFTIRQ), null);
  open_softirq(HI_SOFTIRQ, () => run_list(tasklet_hi_vec, HI_SOFTIRQ), null);
}
