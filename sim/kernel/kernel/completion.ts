/** Completions (kernel/sched.c, include/linux/completion.h). */
import { emit, object_id } from "machine";
import { ERESTARTSYS } from "../lib/errno.ts";
import { MAX_SCHEDULE_TIMEOUT } from "../lib/jiffies.ts";
import { check_arg } from "./misuse.ts";
import {
  __might_sleep,
  __set_current_state,
  get$current,
  signal_pending,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
} from "./sched.ts";
import { schedule_timeout_for } from "./schedule-timeout.ts";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "./spinlock.ts";
import { __wake_up_common, WQ_FLAG_EXCLUSIVE, wait_queue_head_t, wait_queue_t } from "./wait.ts";

const ALL = 0x3fffffff;

/** Something that happens once and others wait for (struct completion). */
export class completion {
  readonly id = object_id("completion");
  done = 0;
  /** The kernel's own: what it stands for has an event of its own. */
  internal = false;
  wait = new wait_queue_head_t();
}

/** Makes a completion ready: not done. Linux include/linux/completion.h: init_completion. */
export function init_completion(x: completion): void {
  check_arg("init_completion", "x", x, completion);
  x.done = 0;
  x.wait.name = "a completion";
  x.wait.task_list = [];
}

/** Makes a used completion not done again. Linux include/linux/completion.h: INIT_COMPLETION. */
export function INIT_COMPLETION(x: completion): void {
  check_arg("INIT_COMPLETION", "x", x, completion);
  x.done = 0;
}

/** A ready completion. Linux include/linux/completion.h: DECLARE_COMPLETION. */
export function DECLARE_COMPLETION(): completion {
  const x = new completion();
  init_completion(x);
  return x;
}

/** Waits for `done` (kernel/sched.c: wait_for_completion and its variants). */
function wait(fn: string, x: completion, state: number, timeout: number): number {
  check_arg(fn, "x", x, completion);
  __might_sleep(fn);
  if (!x.internal && timeout === MAX_SCHEDULE_TIMEOUT)
    emit({ type: "wait-for", fn, what: "completion", id: x.id });
  const q = x.wait;
  let left = timeout;
  let flags = spin_lock_irqsave(q.lock);
  if (x.done === 0) {
    const waiter = new wait_queue_t();
    waiter.task = get$current();
    waiter.flags = WQ_FLAG_EXCLUSIVE;
    waiter.queued = true;
    q.task_list.push(waiter);
    while (x.done === 0 && left > 0) {
      if (state === TASK_INTERRUPTIBLE && signal_pending(get$current())) {
        left = -ERESTARTSYS;
        break;
      }
      __set_current_state(state);
      spin_unlock_irqrestore(q.lock, flags);
      left = schedule_timeout_for(left, "waits for a completion", x);
      flags = spin_lock_irqsave(q.lock);
    }
    __set_current_state(TASK_RUNNING);
    q.task_list = q.task_list.filter((other) => other !== waiter);
    if (x.done > 0 && left === 0) left = 1;
  }
  if (left > 0) x.done--;
  spin_unlock_irqrestore(q.lock, flags);
  return left;
}

/** Sleeps until complete() is called, or has been. Process context. Linux kernel/sched.c: wait_for_completion. */
export function wait_for_completion(x: completion): void {
  wait("wait_for_completion", x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

/** wait_for_completion for at most `timeout` jiffies. @returns jiffies left, 0 if the time is over. Linux kernel/sched.c. */
export function wait_for_completion_timeout(x: completion, timeout: number): number {
  return wait("wait_for_completion_timeout", x, TASK_UNINTERRUPTIBLE, timeout);
}

/** wait_for_completion that a signal ends. @returns 0, or -ERESTARTSYS. Linux kernel/sched.c. */
export function wait_for_completion_interruptible(x: completion): number {
  return Math.min(wait("wait_for_completion_interruptible", x, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT), 0);
}

/** wait_for_completion_timeout that a signal ends. @returns jiffies left, 0, or -ERESTARTSYS. Linux kernel/sched.c. */
export function wait_for_completion_interruptible_timeout(x: completion, timeout: number): number {
  return wait("wait_for_completion_interruptible_timeout", x, TASK_INTERRUPTIBLE, timeout);
}

/** Lets one waiter (present or future) go on. Any context. Linux kernel/sched.c: complete. */
export function complete(x: completion): void {
  check_arg("complete", "x", x, completion);
  if (!x.internal) emit({ type: "completed", completion: x });
  const flags = spin_lock_irqsave(x.wait.lock);
  x.done++;
  __wake_up_common(x.wait, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 1);
  spin_unlock_irqrestore(x.wait.lock, flags);
}

/** Lets all waiters go on, future ones too. Any context. Linux kernel/sched.c: complete_all. */
export function complete_all(x: completion): void {
  check_arg("complete_all", "x", x, completion);
  if (!x.internal) emit({ type: "completed", completion: x });
  const flags = spin_lock_irqsave(x.wait.lock);
  x.done += ALL;
  __wake_up_common(x.wait, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 0);
  spin_unlock_irqrestore(x.wait.lock, flags);
}
