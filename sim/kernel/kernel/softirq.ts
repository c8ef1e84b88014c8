/** Softirqs and ksoftirqd (kernel/softirq.c). */
import { cpu_id, emit, irq_disable, irq_enable, nr_cpus, preempt_count_add, run_context } from "machine";
import { arch_irq_restore, arch_irq_save } from "./irqflags.ts";
import { kernel_thread_on, kthread_should_stop } from "./kthread.ts";
import { HARDIRQ_OFFSET, in_interrupt, preempt_disable, preempt_enable, SOFTIRQ_OFFSET } from "./preempt.ts";
import {
  __set_current_state,
  cond_resched,
  schedule_for,
  set_current_state,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  type task_struct,
  wake_up_process,
} from "./sched.ts";
import { tick_next_jiffy } from "./tick.ts";

export const HI_SOFTIRQ = 0;
export const TIMER_SOFTIRQ = 1;
export const NET_TX_SOFTIRQ = 2;
export const NET_RX_SOFTIRQ = 3;
export const SCSI_SOFTIRQ = 4;
export const TASKLET_SOFTIRQ = 5;

const softirq_names = ["HI", "TIMER", "NET_TX", "NET_RX", "SCSI", "TASKLET"];
const MAX_SOFTIRQ_RESTART = 10;

export type softirq_fn = (h: softirq_action) => void;

/** One kind of softirq (struct softirq_action). */
export class softirq_action {
  action: softirq_fn | null = null;
  data: unknown = null;
}

const softirq_vec: softirq_action[] = softirq_names.map(() => new softirq_action());
/** Pending mask of each CPU (irq_stat.__softirq_pending). */
let pending: number[] = [];
let ksoftirqd: (task_struct | null)[] = [];

/** Pending softirqs of this CPU, a mask. Linux include/linux/irq_cpustat.h: local_softirq_pending. */
export function local_softirq_pending(): number {
  return pending[cpu_id()] ?? 0;
}

/** Installs the function of a softirq. Linux kernel/softirq.c: open_softirq. */
export function open_softirq(nr: number, action: softirq_fn, data: unknown): void {
  const h = softirq_vec[nr] as softirq_action;
  h.action = action;
  h.data = data;
}

/** Marks a softirq pending on this CPU; does not wake ksoftirqd. Interrupts off. Linux include/linux/interrupt.h. */
export function __raise_softirq_irqoff(nr: number): void {
  const cpu = cpu_id();
  pending[cpu] = (pending[cpu] ?? 0) | (1 << nr);
  emit({ type: "softirq-raised", nr });
  /* Nothing else may come by: the periodic tick of a real machine would, and its irq_exit runs it. */
  if (!in_interrupt()) tick_next_jiffy(cpu);
}

/** Marks a softirq pending; outside interrupts ksoftirqd is woken to run it. Interrupts off. Linux kernel/softirq.c: raise_softirq_irqoff. */
export function raise_softirq_irqoff(nr: number): void {
  __raise_softirq_irqoff(nr);
  if (!in_interrupt()) wakeup_softirqd();
}

/** raise_softirq_irqoff for any context. Linux kernel/softirq.c: raise_softirq. */
export function raise_softirq(nr: number): void {
  const flags = arch_irq_save();
  raise_softirq_irqoff(nr);
  arch_irq_restore(flags);
}

function wakeup_softirqd(): void {
  const tsk = ksoftirqd[cpu_id()];
  if (tsk && tsk.state !== TASK_RUNNING) wake_up_process(tsk);
}

/** Runs what is pending on this CPU: at most ten rounds, the rest is ksoftirqd's. Interrupts off. Linux kernel/softirq.c: __do_softirq. */
function __do_softirq(): void {
  const cpu = cpu_id();
  let max_restart = MAX_SOFTIRQ_RESTART;
  let todo = local_softirq_pending();
  preempt_count_add(SOFTIRQ_OFFSET);
  do {
    pending[cpu] = 0;
    irq_enable();
    for (let nr = 0; todo !== 0; nr++, todo >>= 1) if (todo & 1) run_softirq(nr);
    irq_disable();
    todo = local_softirq_pending();
  } while (todo !== 0 && --max_restart > 0);
  if (todo !== 0) wakeup_softirqd();
  preempt_count_add(-SOFTIRQ_OFFSET);
}

function run_softirq(nr: number): void {
  const h = softirq_vec[nr] as softirq_action;
  if (h.action !== null) run_context("softirq", softirq_names[nr] as string, h.action, h);
}

/** Runs pending softirqs unless in interrupt. Process context. Linux kernel/softirq.c: do_softirq. */
export function do_softirq(): void {
  if (in_interrupt()) return;
  const flags = arch_irq_save();
  if (local_softirq_pending() !== 0) __do_softirq();
  arch_irq_restore(flags);
}

/** Entry of a hard interrupt. Linux kernel/softirq.c, include/linux/hardirq.h: irq_enter. */
export function irq_enter(): void {
  preempt_count_add(HARDIRQ_OFFSET);
}

/** End of a hard interrupt: softirqs run if it is the outermost. Interrupts off. Linux kernel/softirq.c: irq_exit. */
export function irq_exit(): void {
  preempt_count_add(1 - HARDIRQ_OFFSET);
  if (!in_interrupt() && local_softirq_pending() !== 0) __do_softirq();
  preempt_count_add(-1);
}

/** The thread that runs what is left over (kernel/softirq.c: ksoftirqd). */
function run_ksoftirqd(): number {
  set_current_state(TASK_INTERRUPTIBLE);
  while (!kthread_should_stop()) {
    if (local_softirq_pending() === 0) schedule_for("has no softirq to run", null);
    preempt_disable();
    __set_current_state(TASK_RUNNING);
    while (local_softirq_pending() !== 0) {
      do_softirq();
      preempt_enable();
      cond_resched();
      preempt_disable();
    }
    preempt_enable();
    set_current_state(TASK_INTERRUPTIBLE);
  }
  __set_current_state(TASK_RUNNING);
  return 0;
}

/** Boot: no softirq pending anywhere. */
export function softirq_init(): void {
  pending = [];
  ksoftirqd = [];
  for (let cpu = 0; cpu < nr_cpus(); cpu++) {
    pending.push(0);
    ksoftirqd.push(null);
  }
}

/** Boot: one ksoftirqd a CPU, at the lowest priority (kernel/softirq.c: spawn_ksoftirqd). */
export function spawn_ksoftirqd(): void {
  for (let cpu = 0; cpu < nr_cpus(); cpu++)
    ksoftirqd[cpu] = kernel_thread_on(cpu, `ksoftirqd/${cpu}`, run_ksoftirqd, null, 19);
}
