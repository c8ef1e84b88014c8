/** Tasks, states, sleeping and waking (kernel/sched.c, include/linux/sched.h). */
import {
  block,
  cancel_block,
  cpu_id,
  current_context,
  current_task,
  emit,
  irq_enable,
  irqs_disabled_flag,
  object_id,
  oops,
  point,
  preempt_count,
  prepare_block,
  type Task,
  wake,
  yield_cpu,
} from "machine";
import { check_arg } from "./misuse.ts";
import { KERN_ERR, printk } from "./printk.ts";

export const TASK_RUNNING = 0;
export const TASK_INTERRUPTIBLE = 1;
export const TASK_UNINTERRUPTIBLE = 2;
export const TASK_STOPPED = 4;
export const EXIT_DEAD = 32;

/** A task (struct task_struct): what `current` is. */
export class task_struct {
  readonly id = object_id("task_struct");
  /** Name, as ps shows it. */
  comm = "";
  pid = 0;
  /** TASK_RUNNING, TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE. */
  state = TASK_RUNNING;
  /** A signal is pending (see signal_pending). */
  sigpending = false;
  /** kthread_stop has been called. */
  should_stop = false;
  exit_code = 0;
  /** The machine's record of the task; null before it runs. */
  thread: Task | null = null;
}

/** The kernel's record of a task of the machine; made when it is first asked for. */
export function task_of(task: Task): task_struct {
  const data = task.data;
  if (data instanceof task_struct) {
    data.thread ??= task;
    return data;
  }
  const p = new task_struct();
  p.comm = task.name;
  p.pid = task.idle ? 0 : task.id;
  p.thread = task;
  if (data === null || data === undefined) task.data = p;
  return p;
}

/** The task that runs here. Linux include/asm-i386/current.h: current. */
export function get$current(): task_struct {
  return task_of(current_task());
}
/** The task that runs here; in an interrupt, the one that was interrupted. */
export declare const current: task_struct;

/**
 * Before sleeping: from here on a wake_up counts, so test the condition after this and before schedule().
 * Process context. Linux include/linux/sched.h: set_current_state.
 */
export function set_current_state(state: number): void {
  point();
  __set_current_state(state);
}

/** set_current_state without barrier. Linux include/linux/sched.h: __set_current_state. */
export function __set_current_state(state: number): void {
  const p = task_of(current_task());
  p.state = state;
  if (state === TASK_RUNNING) cancel_block();
  else prepare_block();
}

/** set_task_state for the current or another task. Linux include/linux/sched.h: set_task_state. */
export function set_task_state(tsk: task_struct, state: number): void {
  check_arg("set_task_state", "tsk", tsk, task_struct);
  if (tsk.thread === current_task()) set_current_state(state);
  else tsk.state = state;
}

/** What schedule() says in the explanation of a hang, and the object that it waits for. */
const block_reason: { why: string; on: { readonly id: number } | null }[] = [];

/** schedule() with words for the debugger. */
export function schedule_for(why: string, on: { readonly id: number } | null): void {
  block_reason[cpu_id()] = { why, on };
  __schedule();
}

/**
 * Gives the CPU away; sleeps if the state was set to other than TASK_RUNNING. Process context, no spinlock held.
 * Linux kernel/sched.c: schedule.
 */
export function schedule(): void {
  __might_sleep("schedule");
  __schedule();
}

function __schedule(): void {
  const p = task_of(current_task());
  const reason = block_reason[cpu_id()];
  block_reason[cpu_id()] = undefined as never;
  if (preempt_count() !== 0) scheduling_while_atomic(p);
  if (p.state === TASK_RUNNING) {
    yield_cpu();
    return;
  }
  /* The switch leaves interrupts on, as finish_lock_switch does. */
  if (irqs_disabled_flag()) irq_enable();
  const asleep = p.state === TASK_INTERRUPTIBLE ? "sleeps (interruptible)" : "sleeps (uninterruptible)";
  block(reason?.why ?? asleep, reason?.on ?? null);
  p.state = TASK_RUNNING;
}

function scheduling_while_atomic(p: task_struct): void {
  const count = (preempt_count() >>> 0).toString(16).padStart(8, "0");
  const text = `BUG: scheduling while atomic: ${p.comm}/0x${count}/${p.pid}`;
  /* In process context Linux reports and goes on; an interrupt has nothing to switch away from. */
  if (current_context().kind !== "process") oops(text);
  printk(`${KERN_ERR}${text}\n`);
}

/**
 * Tells the rules that `fn` may sleep here; they judge whether it may. Linux kernel/sched.c: __might_sleep.
 * @param gfp the allocation flags, if that is why
 */
export function __might_sleep(fn: string, gfp?: number): void {
  const atomic = preempt_count() !== 0;
  const irqsDisabled = irqs_disabled_flag();
  if (gfp === undefined) emit({ type: "might-sleep", fn, atomic, irqsDisabled });
  else emit({ type: "might-sleep", fn, atomic, irqsDisabled, gfp });
}

/**
 * Annotation of a function that may sleep: reports if this context must not. Linux include/linux/kernel.h: might_sleep.
 */
export function might_sleep(fn = "might_sleep"): void {
  __might_sleep(fn);
}

/** might_sleep() if `condition`. Linux include/linux/kernel.h: might_sleep_if. */
export function might_sleep_if(condition: unknown): void {
  if (condition) __might_sleep("might_sleep_if");
}

/** Makes a task runnable if its state is in `mask`. Linux kernel/sched.c: try_to_wake_up. */
export function try_to_wake_up(p: task_struct, mask: number): 0 | 1 {
  if ((p.state & mask) === 0) return 0;
  p.state = TASK_RUNNING;
  if (p.thread !== null) wake(p.thread);
  return 1;
}

/**
 * Wakes a sleeping task. Any context. @returns 1 if it was sleeping (or about to). Linux kernel/sched.c: wake_up_process.
 */
export function wake_up_process(p: task_struct): 0 | 1 {
  check_arg("wake_up_process", "p", p, task_struct);
  point(p);
  return try_to_wake_up(p, TASK_STOPPED | TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE);
}

/**
 * yield(), whose name is reserved in JavaScript: lets other tasks of this CPU run. Process context, no spinlock held.
 * Linux kernel/sched.c: yield.
 */
export function _yield(): void {
  __might_sleep("yield");
  __set_current_state(TASK_RUNNING);
  __schedule();
}

/** True (1) if another task wants this CPU. Always 0 here: the machine preempts by itself. Linux include/linux/sched.h: need_resched. */
export function need_resched(): 0 | 1 {
  return 0;
}

/**
 * A place in a long loop where other tasks may run. Process context, no spinlock held. @returns 1 if they may have run.
 * Linux kernel/sched.c: cond_resched.
 */
export function cond_resched(): 0 | 1 {
  __might_sleep("cond_resched");
  if (preempt_count() !== 0) return 0;
  yield_cpu();
  return 1;
}

/** True (1) if a signal waits for the task. Linux include/linux/sched.h: signal_pending. */
export function signal_pending(p: task_struct): 0 | 1 {
  check_arg("signal_pending", "p", p, task_struct);
  return p.sigpending ? 1 : 0;
}

/** Sends a signal: an interruptible sleep ends. Any context. Linux kernel/signal.c: send_sig. @returns 0 */
export function send_sig(_sig: number, p: task_struct, _priv: number): number {
  check_arg("send_sig", "p", p, task_struct);
  point();
  p.sigpending = true;
  try_to_wake_up(p, TASK_INTERRUPTIBLE);
  return 0;
}

/** Forgets pending signals of a task. Linux kernel/signal.c: flush_signals. */
export function flush_signals(p: task_struct): void {
  check_arg("flush_signals", "p", p, task_struct);
  p.sigpending = false;
}

/** Lets a kernel thread receive a signal. @noEffect kernel threads here receive every signal that is sent to them */
export function allow_signal(_sig: number): number {
  return 0;
}

/** Sets the nice value of a task. Linux kernel/sched.c: set_user_nice. */
export function set_user_nice(p: task_struct, nice: number): void {
  check_arg("set_user_nice", "p", p, task_struct);
  if (p.thread !== null) p.thread.nice = nice;
}
