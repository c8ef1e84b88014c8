/** Wait queues (include/linux/wait.h, kernel/wait.c). */
import { object_id, point } from "machine";
import { ERESTARTSYS } from "../lib/errno.ts";
import { MAX_SCHEDULE_TIMEOUT } from "../lib/jiffies.ts";
import { check_arg } from "./misuse.ts";
import {
  __might_sleep,
  __set_current_state,
  get$current,
  schedule_for,
  set_current_state,
  signal_pending,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
  type task_struct,
  try_to_wake_up,
} from "./sched.ts";
import { schedule_timeout_for } from "./schedule-timeout.ts";
import { kernel_spinlock, spin_lock_irqsave, spin_unlock_irqrestore, type spinlock_t } from "./spinlock.ts";

export const WQ_FLAG_EXCLUSIVE = 1;

export type wait_queue_func = (wait: wait_queue_t, mode: number, sync: number, key: unknown) => number;

/** One waiter (struct __wait_queue). */
export class wait_queue_t {
  flags = 0;
  task: task_struct | null = null;
  func: wait_queue_func = default_wake_function;
  queued = false;
}

/** A queue of waiters. Ready for use when made; init_waitqueue_head empties it. */
export class wait_queue_head_t {
  readonly id = object_id("wait_queue");
  lock: spinlock_t = kernel_spinlock("&q->lock");
  task_list: wait_queue_t[] = [];
  /** Words for the debugger. */
  name = "a wait queue";
}

/** A ready queue head. Linux include/linux/wait.h: DECLARE_WAIT_QUEUE_HEAD. */
export function DECLARE_WAIT_QUEUE_HEAD(): wait_queue_head_t {
  return new wait_queue_head_t();
}

/** Makes a queue head ready. Nobody may wait on it. Linux include/linux/wait.h: init_waitqueue_head. */
export function init_waitqueue_head(q: wait_queue_head_t): void {
  check_arg("init_waitqueue_head", "q", q, wait_queue_head_t);
  q.task_list = [];
}

/** A waiter that stands for `tsk` and stays queued until it is removed. Linux include/linux/wait.h: DECLARE_WAITQUEUE. */
export function DECLARE_WAITQUEUE(tsk: task_struct): wait_queue_t {
  const wait = new wait_queue_t();
  init_waitqueue_entry(wait, tsk);
  return wait;
}

/** Makes a waiter stand for a task. Linux include/linux/wait.h: init_waitqueue_entry. */
export function init_waitqueue_entry(wait: wait_queue_t, tsk: task_struct): void {
  wait.flags = 0;
  wait.task = tsk;
  wait.func = default_wake_function;
}

/** A waiter for the current task that leaves the queue when it is woken: for prepare_to_wait. Linux include/linux/wait.h: DEFINE_WAIT. */
export function DEFINE_WAIT(): wait_queue_t {
  const wait = new wait_queue_t();
  wait.task = get$current();
  wait.func = autoremove_wake_function;
  return wait;
}

/** Wakes the waiter's task. Linux kernel/sched.c: default_wake_function. */
export function default_wake_function(
  wait: wait_queue_t,
  mode: number,
  _sync: number,
  _key: unknown,
): number {
  return wait.task === null ? 0 : try_to_wake_up(wait.task, mode);
}

/** Wakes the waiter's task and takes the waiter off its queue. Linux kernel/wait.c: autoremove_wake_function. */
export function autoremove_wake_function(
  wait: wait_queue_t,
  mode: number,
  sync: number,
  key: unknown,
): number {
  const ret = default_wake_function(wait, mode, sync, key);
  if (ret) wait.queued = false;
  return ret;
}

/** 1 if somebody waits. Any context; needs a barrier against the waker. Linux include/linux/wait.h: waitqueue_active. */
export function waitqueue_active(q: wait_queue_head_t): 0 | 1 {
  check_arg("waitqueue_active", "q", q, wait_queue_head_t);
  point(q.lock, "read");
  return q.task_list.length > 0 ? 1 : 0;
}

function enqueue(q: wait_queue_head_t, wait: wait_queue_t): void {
  if (wait.queued) return;
  wait.queued = true;
  if (wait.flags & WQ_FLAG_EXCLUSIVE) q.task_list.push(wait);
  else q.task_list.unshift(wait);
}

function dequeue(q: wait_queue_head_t, wait: wait_queue_t): void {
  wait.queued = false;
  const at = q.task_list.indexOf(wait);
  if (at >= 0) q.task_list.splice(at, 1);
}

/** Puts a waiter at the head of the queue. Any context. Linux kernel/wait.c: add_wait_queue. */
export function add_wait_queue(q: wait_queue_head_t, wait: wait_queue_t): void {
  check_arg("add_wait_queue", "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  wait.flags &= ~WQ_FLAG_EXCLUSIVE;
  enqueue(q, wait);
  spin_unlock_irqrestore(q.lock, flags);
}

/** Puts a waiter at the tail; a wake-up wakes only one such. Any context. Linux kernel/wait.c: add_wait_queue_exclusive. */
export function add_wait_queue_exclusive(q: wait_queue_head_t, wait: wait_queue_t): void {
  check_arg("add_wait_queue_exclusive", "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  wait.flags |= WQ_FLAG_EXCLUSIVE;
  enqueue(q, wait);
  spin_unlock_irqrestore(q.lock, flags);
}

/** Takes a waiter off the queue. Any context. Linux kernel/wait.c: remove_wait_queue. */
export function remove_wait_queue(q: wait_queue_head_t, wait: wait_queue_t): void {
  check_arg("remove_wait_queue", "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  dequeue(q, wait);
  spin_unlock_irqrestore(q.lock, flags);
}

/** Queues the waiter and sets the task's state: test the condition next, then schedule(). Linux kernel/wait.c: prepare_to_wait. */
export function prepare_to_wait(q: wait_queue_head_t, wait: wait_queue_t, state: number): void {
  check_arg("prepare_to_wait", "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  wait.flags &= ~WQ_FLAG_EXCLUSIVE;
  enqueue(q, wait);
  __set_current_state(state);
  spin_unlock_irqrestore(q.lock, flags);
}

/** prepare_to_wait as an exclusive waiter. Linux kernel/wait.c: prepare_to_wait_exclusive. */
export function prepare_to_wait_exclusive(q: wait_queue_head_t, wait: wait_queue_t, state: number): void {
  check_arg("prepare_to_wait_exclusive", "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  wait.flags |= WQ_FLAG_EXCLUSIVE;
  enqueue(q, wait);
  __set_current_state(state);
  spin_unlock_irqrestore(q.lock, flags);
}

/** Ends a wait: state running, off the queue. Linux kernel/wait.c: finish_wait. */
export function finish_wait(q: wait_queue_head_t, wait: wait_queue_t): void {
  check_arg("finish_wait", "q", q, wait_queue_head_t);
  set_current_state(TASK_RUNNING);
  if (!wait.queued) return;
  const flags = spin_lock_irqsave(q.lock);
  dequeue(q, wait);
  spin_unlock_irqrestore(q.lock, flags);
}

/** Wakes waiters while the queue's lock is held (kernel/sched.c: __wake_up_common). `nr` exclusive ones at most, 0: all. */
export function __wake_up_common(q: wait_queue_head_t, mode: number, nr: number): void {
  let left = nr;
  for (const wait of [...q.task_list]) {
    const { flags } = wait;
    const woken = wait.func(wait, mode, 0, null);
    if (!wait.queued) dequeue(q, wait);
    if (woken && flags & WQ_FLAG_EXCLUSIVE && --left === 0) break;
  }
}

function __wake_up(q: wait_queue_head_t, mode: number, nr: number, fn: string): void {
  check_arg(fn, "q", q, wait_queue_head_t);
  const flags = spin_lock_irqsave(q.lock);
  __wake_up_common(q, mode, nr);
  spin_unlock_irqrestore(q.lock, flags);
}

const NORMAL = TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE;

/** Wakes all waiters, of the exclusive ones only the first. Any context. Linux include/linux/wait.h: wake_up. */
export function wake_up(q: wait_queue_head_t): void {
  __wake_up(q, NORMAL, 1, "wake_up");
}
/** wake_up with up to `nr` exclusive waiters. Any context. Linux include/linux/wait.h: wake_up_nr. */
export function wake_up_nr(q: wait_queue_head_t, nr: number): void {
  __wake_up(q, NORMAL, nr, "wake_up_nr");
}
/** Wakes all waiters. Any context. Linux include/linux/wait.h: wake_up_all. */
export function wake_up_all(q: wait_queue_head_t): void {
  __wake_up(q, NORMAL, 0, "wake_up_all");
}
/** wake_up for those that sleep interruptibly. Any context. Linux include/linux/wait.h: wake_up_interruptible. */
export function wake_up_interruptible(q: wait_queue_head_t): void {
  __wake_up(q, TASK_INTERRUPTIBLE, 1, "wake_up_interruptible");
}
/** wake_up_nr for those that sleep interruptibly. Any context. Linux include/linux/wait.h: wake_up_interruptible_nr. */
export function wake_up_interruptible_nr(q: wait_queue_head_t, nr: number): void {
  __wake_up(q, TASK_INTERRUPTIBLE, nr, "wake_up_interruptible_nr");
}
/** wake_up_all for those that sleep interruptibly. Any context. Linux include/linux/wait.h: wake_up_interruptible_all. */
export function wake_up_interruptible_all(q: wait_queue_head_t): void {
  __wake_up(q, TASK_INTERRUPTIBLE, 0, "wake_up_interruptible_all");
}
/** wake_up_interruptible that promises to schedule soon itself. Linux include/linux/wait.h: wake_up_interruptible_sync. */
export function wake_up_interruptible_sync(q: wait_queue_head_t): void {
  __wake_up(q, TASK_INTERRUPTIBLE, 1, "wake_up_interruptible_sync");
}

export type condition = () => unknown;

/** Waits until `condition` or the time is over or, if interruptible, a signal: the remaining jiffies, 0, or -ERESTARTSYS. */
function wait_loop(q: wait_queue_head_t, condition: condition, state: number, timeout: number): number {
  let left = timeout;
  const wait = DEFINE_WAIT();
  for (;;) {
    prepare_to_wait(q, wait, state);
    if (condition()) break;
    if (state === TASK_INTERRUPTIBLE && signal_pending(get$current())) {
      left = -ERESTARTSYS;
      break;
    }
    if (timeout === MAX_SCHEDULE_TIMEOUT) schedule_for(`waits on ${q.name}`, q);
    else left = schedule_timeout_for(left, `waits on ${q.name}`, q);
    if (left === 0) break;
  }
  finish_wait(q, wait);
  return left;
}

function check_wait(fn: string, q: wait_queue_head_t, condition: condition): void {
  check_arg(fn, "q", q, wait_queue_head_t);
  check_arg(fn, "condition", condition, "function");
  __might_sleep(fn);
}

/**
 * Sleeps until `condition()` is true; it is tested before and after each wake-up of `q`. Process context.
 * Linux include/linux/wait.h: wait_event.
 */
export function wait_event(q: wait_queue_head_t, condition: condition): void {
  check_wait("wait_event", q, condition);
  if (condition()) return;
  wait_loop(q, condition, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

/**
 * wait_event for at most `timeout` jiffies. Process context. @returns 0 if the time is over, else the jiffies left (at least 1).
 * Linux include/linux/wait.h: wait_event_timeout.
 */
export function wait_event_timeout(q: wait_queue_head_t, condition: condition, timeout: number): number {
  check_wait("wait_event_timeout", q, condition);
  if (condition()) return timeout;
  return wait_loop(q, condition, TASK_UNINTERRUPTIBLE, timeout);
}

/**
 * wait_event that a signal ends. Process context. @returns 0, or -ERESTARTSYS. Linux include/linux/wait.h: wait_event_interruptible.
 */
export function wait_event_interruptible(q: wait_queue_head_t, condition: condition): number {
  check_wait("wait_event_interruptible", q, condition);
  if (condition()) return 0;
  return wait_loop(q, condition, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT) < 0 ? -ERESTARTSYS : 0;
}

/**
 * wait_event_timeout that a signal ends. Process context. @returns jiffies left, 0, or -ERESTARTSYS.
 * Linux include/linux/wait.h: wait_event_interruptible_timeout.
 */
export function wait_event_interruptible_timeout(
  q: wait_queue_head_t,
  condition: condition,
  timeout: number,
): number {
  check_wait("wait_event_interruptible_timeout", q, condition);
  if (condition()) return timeout;
  return wait_loop(q, condition, TASK_INTERRUPTIBLE, timeout);
}

/** Sleeps until the next wake-up, whatever happened before: a race by construction. Linux kernel/sched.c: sleep_on. */
export function sleep_on(q: wait_queue_head_t): void {
  sleep_on_common("sleep_on", q, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

/** sleep_on that a signal ends. Linux kernel/sched.c: interruptible_sleep_on. */
export function interruptible_sleep_on(q: wait_queue_head_t): void {
  sleep_on_common("interruptible_sleep_on", q, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

/** sleep_on with a timeout in jiffies. @returns jiffies left. Linux kernel/sched.c: sleep_on_timeout. */
export function sleep_on_timeout(q: wait_queue_head_t, timeout: number): number {
  return sleep_on_common("sleep_on_timeout", q, TASK_UNINTERRUPTIBLE, timeout);
}

function sleep_on_common(fn: string, q: wait_queue_head_t, state: number, timeout: number): number {
  check_arg(fn, "q", q, wait_queue_head_t);
  __might_sleep(fn);
  const wait = DECLARE_WAITQUEUE(get$current());
  __set_current_state(state);
  add_wait_queue(q, wait);
  let left = timeout;
  if (timeout === MAX_SCHEDULE_TIMEOUT) schedule_for(`sleeps on ${q.name}`, q);
  else left = schedule_timeout_for(timeout, `sleeps on ${q.name}`, q);
  remove_wait_queue(q, wait);
  return left;
}
