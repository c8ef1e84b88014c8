/** Work queues (kernel/workqueue.c): functions that run in process context, in threads of their own. */
import { cpu_id, driver_call, emit, nr_cpus, object_id, point } from "machine";
import { kernel_thread_on, kthread_should_stop, kthread_stop } from "./kthread.ts";
import { check_arg } from "./misuse.ts";
import { BUG_ON, dump_stack } from "./panic.ts";
import { KERN_ERR, printk } from "./printk.ts";
import {
  __might_sleep,
  __set_current_state,
  get$current,
  schedule_for,
  set_current_state,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
  type task_struct,
  wake_up_process,
} from "./sched.ts";
import { kernel_spinlock, spin_lock_irqsave, spin_unlock_irqrestore, type spinlock_t } from "./spinlock.ts";
import { get$jiffies } from "./tick.ts";
import { add_timer, add_timer_on, del_timer_sync, init_kernel_timer, timer_list } from "./timer.ts";
import {
  add_wait_queue,
  DECLARE_WAITQUEUE,
  DEFINE_WAIT,
  finish_wait,
  prepare_to_wait,
  remove_wait_queue,
  wait_queue_head_t,
  wake_up,
} from "./wait.ts";

export type work_fn = (data: never) => void;

/** A work item (struct work_struct of 2.6.16: function and data). */
export class work_struct {
  readonly id = object_id("work");
  /** Queued, or its timer armed; cleared before the function is called. */
  pending = false;
  func: work_fn | null = null;
  data: unknown = null;
  timer = new timer_list();
  /** The queue's part that it waits in. */
  cwq: cpu_workqueue_struct | null = null;
  /** The kernel's own: no driver callback. */
  internal = false;
}

/** One thread and its list (struct cpu_workqueue_struct). */
export class cpu_workqueue_struct {
  lock: spinlock_t = kernel_spinlock("&cwq->lock");
  wq: workqueue_struct | null = null;
  remove_sequence = 0;
  insert_sequence = 0;
  worklist: work_struct[] = [];
  more_work = new wait_queue_head_t();
  work_done = new wait_queue_head_t();
  thread: task_struct | null = null;
  /** Its thread has not had anything to do yet. */
  idle = true;
  run_depth = 0;
}

/** A work queue: one thread a CPU, or a single one. */
export class workqueue_struct {
  readonly id = object_id("workqueue");
  name = "";
  cpu_wq: cpu_workqueue_struct[] = [];
  singlethread = false;
}

let keventd_wq: workqueue_struct | null = null;

/** Makes a work item ready. It must not be pending. Any context. Linux include/linux/workqueue.h: INIT_WORK. */
export function INIT_WORK(work: work_struct, func: work_fn, data: unknown): void {
  check_arg("INIT_WORK", "work", work, work_struct);
  work.pending = false;
  PREPARE_WORK(work, func, data);
  init_kernel_timer(work.timer, delayed_work_timer_fn as never, work);
  emit({ type: "initialised", what: "work", object: work });
}

/** Changes function and data of a work item. Any context. Linux include/linux/workqueue.h: PREPARE_WORK. */
export function PREPARE_WORK(work: work_struct, func: work_fn, data: unknown): void {
  check_arg("PREPARE_WORK", "work", work, work_struct);
  check_arg("PREPARE_WORK", "func", func, "function");
  work.func = func;
  work.data = data;
}

/** INIT_WORK for the kernel's own work. */
export function init_kernel_work(work: work_struct, func: work_fn, data: unknown): void {
  INIT_WORK(work, func, data);
  work.internal = true;
}

/** A ready work item. Linux include/linux/workqueue.h: DECLARE_WORK. */
export function DECLARE_WORK(func: work_fn, data: unknown): work_struct {
  const work = new work_struct();
  INIT_WORK(work, func, data);
  return work;
}

function cwq_of(wq: workqueue_struct, cpu: number): cpu_workqueue_struct {
  return wq.cpu_wq[wq.singlethread ? 0 : cpu] as cpu_workqueue_struct;
}

function __queue_work(cwq: cpu_workqueue_struct, work: work_struct): void {
  const flags = spin_lock_irqsave(cwq.lock);
  work.cwq = cwq;
  cwq.worklist.push(work);
  cwq.insert_sequence++;
  if (cwq.idle) {
    cwq.idle = false;
    wake_up_process(cwq.thread as task_struct);
  } else wake_up(cwq.more_work);
  spin_unlock_irqrestore(cwq.lock, flags);
}

function ready(fn: string, work: work_struct): void {
  check_arg(fn, "work", work, work_struct);
  check_arg(fn, "work.func (INIT_WORK not called?)", work.func, "function");
  point();
}

/**
 * Queues work on this CPU's thread. Any context. @returns 1, or 0 if it was pending already. Linux kernel/workqueue.c: queue_work.
 */
export function queue_work(wq: workqueue_struct, work: work_struct): 0 | 1 {
  check_arg("queue_work", "wq", wq, workqueue_struct);
  ready("queue_work", work);
  if (work.pending) return 0;
  work.pending = true;
  emit({ type: "work-queued", work, internal: work.internal });
  __queue_work(cwq_of(wq, cpu_id()), work);
  return 1;
}

function delayed_work_timer_fn(work: work_struct): void {
  const wq = delayed_on.get(work);
  if (wq !== undefined) __queue_work(cwq_of(wq, cpu_id()), work);
}

const delayed_on = new WeakMap<work_struct, workqueue_struct>();

function queue_delayed(wq: workqueue_struct, work: work_struct, delay: number, cpu: number | null): 0 | 1 {
  if (work.pending) return 0;
  work.pending = true;
  emit({ type: "work-queued", work, internal: work.internal });
  BUG_ON(work.timer.entry !== null);
  delayed_on.set(work, wq);
  work.timer.expires = get$jiffies() + delay;
  if (cpu === null) add_timer(work.timer);
  else add_timer_on(work.timer, cpu);
  return 1;
}

/** Queues work after `delay` jiffies. Any context. @returns 1, or 0 if it was pending already. Linux kernel/workqueue.c: queue_delayed_work. */
export function queue_delayed_work(wq: workqueue_struct, work: work_struct, delay: number): 0 | 1 {
  check_arg("queue_delayed_work", "wq", wq, workqueue_struct);
  ready("queue_delayed_work", work);
  return queue_delayed(wq, work, delay, null);
}

/** queue_work on keventd ("events/N"). Any context. @returns 1, or 0 if it was pending. Linux kernel/workqueue.c: schedule_work. */
export function schedule_work(work: work_struct): 0 | 1 {
  ready("schedule_work", work);
  return queue_work(keventd_wq as workqueue_struct, work);
}

/** queue_delayed_work on keventd. Any context. @param delay jiffies. @returns 1, or 0 if it was pending. Linux kernel/workqueue.c: schedule_delayed_work. */
export function schedule_delayed_work(work: work_struct, delay: number): 0 | 1 {
  ready("schedule_delayed_work", work);
  return queue_delayed(keventd_wq as workqueue_struct, work, delay, null);
}

/** schedule_delayed_work on another CPU. Any context. Linux kernel/workqueue.c: schedule_delayed_work_on. */
export function schedule_delayed_work_on(cpu: number, work: work_struct, delay: number): 0 | 1 {
  ready("schedule_delayed_work_on", work);
  return queue_delayed(keventd_wq as workqueue_struct, work, delay, cpu);
}

/** Runs all work of the list (kernel/workqueue.c: run_workqueue). */
function run_workqueue(cwq: cpu_workqueue_struct): void {
  let flags = spin_lock_irqsave(cwq.lock);
  cwq.run_depth++;
  if (cwq.run_depth > 3) {
    printk(`${KERN_ERR}run_workqueue: recursion depth exceeded: %d\n`, cwq.run_depth);
    dump_stack();
  }
  for (let work = cwq.worklist.shift(); work !== undefined; work = cwq.worklist.shift()) {
    const { func, data } = work;
    spin_unlock_irqrestore(cwq.lock, flags);
    BUG_ON(work.cwq !== cwq);
    work.pending = false;
    run_work(cwq.wq as workqueue_struct, work, func as work_fn, data);
    flags = spin_lock_irqsave(cwq.lock);
    cwq.remove_sequence++;
    wake_up(cwq.work_done);
  }
  cwq.run_depth--;
  spin_unlock_irqrestore(cwq.lock, flags);
}

function run_work(queue: workqueue_struct, work: work_struct, func: work_fn, data: unknown): void {
  point();
  emit({ type: "work-run", work, queue });
  if (work.internal) func(data as never);
  else driver_call("work", work, func, data);
  emit({ type: "work-done", work, queue });
}

function worker_thread(cwq: cpu_workqueue_struct): number {
  const wait = DECLARE_WAITQUEUE(get$current());
  set_current_state(TASK_INTERRUPTIBLE);
  while (!kthread_should_stop()) {
    add_wait_queue(cwq.more_work, wait);
    if (cwq.worklist.length === 0) schedule_for("has no work", cwq.more_work);
    else __set_current_state(TASK_RUNNING);
    remove_wait_queue(cwq.more_work, wait);
    if (cwq.worklist.length > 0) run_workqueue(cwq);
    set_current_state(TASK_INTERRUPTIBLE);
  }
  __set_current_state(TASK_RUNNING);
  return 0;
}

/** Waits until what is queued now has run (kernel/workqueue.c: flush_cpu_workqueue). */
function flush_cpu_workqueue(cwq: cpu_workqueue_struct): void {
  if (cwq.thread === get$current()) {
    /* The worker itself: it must do the work, or it would wait for ever. */
    run_workqueue(cwq);
    return;
  }
  const wait = DEFINE_WAIT();
  let flags = spin_lock_irqsave(cwq.lock);
  const sequence_needed = cwq.insert_sequence;
  while (sequence_needed - cwq.remove_sequence > 0) {
    prepare_to_wait(cwq.work_done, wait, TASK_UNINTERRUPTIBLE);
    spin_unlock_irqrestore(cwq.lock, flags);
    schedule_for(`flushes ${cwq.thread?.comm ?? "a work queue"}`, cwq.work_done);
    flags = spin_lock_irqsave(cwq.lock);
  }
  finish_wait(cwq.work_done, wait);
  spin_unlock_irqrestore(cwq.lock, flags);
}

/**
 * Waits until all work that is queued now has run; not for what timers will queue. Process context, and no lock (rtnl!)
 * that any queued work takes. Linux kernel/workqueue.c: flush_workqueue.
 */
export function flush_workqueue(wq: workqueue_struct): void {
  check_arg("flush_workqueue", "wq", wq, workqueue_struct);
  flush("flush_workqueue", wq);
}

function tell_wait(fn: string, wq: workqueue_struct): void {
  emit({ type: "wait-for", fn, what: "workqueue", id: wq.id, queue: wq });
}

function flush(fn: string, wq: workqueue_struct): void {
  __might_sleep(fn);
  point();
  emit({ type: "work-flushed" });
  if (!wq.cpu_wq.some((cwq) => cwq.thread === get$current())) tell_wait(fn, wq);
  for (const cwq of wq.cpu_wq) flush_cpu_workqueue(cwq);
}

/** flush_workqueue for keventd, which the whole kernel uses. Process context. Linux kernel/workqueue.c: flush_scheduled_work. */
export function flush_scheduled_work(): void {
  flush("flush_scheduled_work", keventd_wq as workqueue_struct);
}

/**
 * Stops the timer of delayed work; work that is queued already, or running, goes on. Any context but hard interrupt.
 * @returns 1 if the timer was pending. Linux include/linux/workqueue.h: cancel_delayed_work.
 */
export function cancel_delayed_work(work: work_struct): 0 | 1 {
  check_arg("cancel_delayed_work", "work", work, work_struct);
  const ret = del_timer_sync(work.timer);
  if (ret) work.pending = false;
  emit({ type: "work-cancelled", work, found: ret === 1 });
  return ret;
}

function cancel_rearming(fn: string, wq: workqueue_struct, work: work_struct): void {
  check_arg(fn, "work", work, work_struct);
  __might_sleep(fn);
  tell_wait(fn, wq);
  while (!cancel_delayed_work(work)) {
    flush(fn, wq);
    /* 2.6.16 would try again for ever with work that does not re-arm itself. */
    if (!work.pending) return;
  }
}

/** Stops delayed work of a queue that re-arms itself: cancels and flushes until it is gone. Process context. Linux kernel/workqueue.c: cancel_rearming_delayed_workqueue. */
export function cancel_rearming_delayed_workqueue(wq: workqueue_struct, work: work_struct): void {
  check_arg("cancel_rearming_delayed_workqueue", "wq", wq, workqueue_struct);
  cancel_rearming("cancel_rearming_delayed_workqueue", wq, work);
}

/** cancel_rearming_delayed_workqueue for keventd. Process context; no lock that the work takes. Linux kernel/workqueue.c: cancel_rearming_delayed_work. */
export function cancel_rearming_delayed_work(work: work_struct): void {
  cancel_rearming("cancel_rearming_delayed_work", keventd_wq as workqueue_struct, work);
}

function create(name: string, singlethread: boolean): workqueue_struct {
  const wq = new workqueue_struct();
  wq.name = name;
  wq.singlethread = singlethread;
  const threads = singlethread ? 1 : nr_cpus();
  for (let cpu = 0; cpu < threads; cpu++) {
    const cwq = new cpu_workqueue_struct();
    cwq.wq = wq;
    cwq.more_work.name = `the work of ${name}/${cpu}`;
    cwq.work_done.name = `the end of the work of ${name}/${cpu}`;
    wq.cpu_wq.push(cwq);
    const thread_name = singlethread ? name : `${name}/${cpu}`;
    cwq.thread = kernel_thread_on(cpu, thread_name, worker_thread as never, cwq, singlethread ? 0 : -5);
  }
  return wq;
}

/** A work queue with one thread a CPU, `name/N`. Process context. @returns null on failure. Linux include/linux/workqueue.h: create_workqueue. */
export function create_workqueue(name: string): workqueue_struct | null {
  check_arg("create_workqueue", "name", name, "string");
  __might_sleep("create_workqueue");
  return create(name, false);
}

/** A work queue with a single thread. Process context. @returns null on failure. Linux include/linux/workqueue.h: create_singlethread_workqueue. */
export function create_singlethread_workqueue(name: string): workqueue_struct | null {
  check_arg("create_singlethread_workqueue", "name", name, "string");
  __might_sleep("create_singlethread_workqueue");
  return create(name, true);
}

/** Runs what is queued and ends the threads. Process context. Linux kernel/workqueue.c: destroy_workqueue. */
export function destroy_workqueue(wq: workqueue_struct): void {
  check_arg("destroy_workqueue", "wq", wq, workqueue_struct);
  flush("destroy_workqueue", wq);
  for (const cwq of wq.cpu_wq) if (cwq.thread !== null) kthread_stop(cwq.thread);
}

/** 1 if the current task is a thread of keventd. Linux kernel/workqueue.c: current_is_keventd. */
export function current_is_keventd(): 0 | 1 {
  return keventd_wq?.cpu_wq.some((cwq) => cwq.thread === get$current()) ? 1 : 0;
}

/** Boot: keventd (kernel/workqueue.c: init_workqueues). */
export function init_workqueues(): void {
  keventd_wq = create("events", false);
}
