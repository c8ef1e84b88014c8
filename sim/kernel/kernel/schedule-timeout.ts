/** Sleeping for a time (kernel/timer.c: schedule_timeout, msleep). */
import { jiffies_to_msecs, MAX_SCHEDULE_TIMEOUT, msecs_to_jiffies } from "../lib/jiffies.ts";
import { check_arg, emit_misuse } from "./misuse.ts";
import {
  __might_sleep,
  get$current,
  schedule_for,
  set_current_state,
  signal_pending,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
  type task_struct,
  wake_up_process,
} from "./sched.ts";
import { get$jiffies } from "./tick.ts";
import { del_timer_sync, init_kernel_timer, mod_timer, timer_list } from "./timer.ts";

function process_timeout(p: task_struct): void {
  wake_up_process(p);
}

/** schedule_timeout with words for the debugger. */
export function schedule_timeout_for(
  timeout: number,
  why: string,
  on: { readonly id: number } | null,
): number {
  if (timeout === MAX_SCHEDULE_TIMEOUT) {
    schedule_for(why, on);
    return timeout;
  }
  if (timeout < 0) {
    emit_misuse("schedule_timeout", `schedule_timeout: wrong timeout value ${timeout}`);
    set_current_state(TASK_RUNNING);
    return 0;
  }
  const expire = get$jiffies() + timeout;
  const timer = new timer_list();
  init_kernel_timer(timer, process_timeout, get$current());
  mod_timer(timer, expire);
  schedule_for(why, on);
  del_timer_sync(timer);
  return Math.max(expire - get$jiffies(), 0);
}

/**
 * Sleeps for `timeout` jiffies if the state was set to TASK_INTERRUPTIBLE or TASK_UNINTERRUPTIBLE before; a wake-up ends it
 * sooner. Process context. @returns jiffies left. Linux kernel/timer.c: schedule_timeout.
 */
export function schedule_timeout(timeout: number): number {
  check_arg("schedule_timeout", "timeout", timeout, "number");
  __might_sleep("schedule_timeout");
  return schedule_timeout_for(timeout, `sleeps for ${timeout} jiffies`, null);
}

/** Sets TASK_INTERRUPTIBLE and sleeps. @returns jiffies left. Linux kernel/timer.c: schedule_timeout_interruptible. */
export function schedule_timeout_interruptible(timeout: number): number {
  check_arg("schedule_timeout_interruptible", "timeout", timeout, "number");
  __might_sleep("schedule_timeout_interruptible");
  set_current_state(TASK_INTERRUPTIBLE);
  return schedule_timeout_for(timeout, `sleeps for ${timeout} jiffies`, null);
}

/** Sets TASK_UNINTERRUPTIBLE and sleeps. @returns jiffies left. Linux kernel/timer.c: schedule_timeout_uninterruptible. */
export function schedule_timeout_uninterruptible(timeout: number): number {
  check_arg("schedule_timeout_uninterruptible", "timeout", timeout, "number");
  __might_sleep("schedule_timeout_uninterruptible");
  set_current_state(TASK_UNINTERRUPTIBLE);
  return schedule_timeout_for(timeout, `sleeps for ${timeout} jiffies`, null);
}

/** Sleeps at least `msecs` milliseconds; wakes at a tick. Process context. Linux kernel/timer.c: msleep. */
export function msleep(msecs: number): void {
  check_arg("msleep", "msecs", msecs, "number");
  __might_sleep("msleep");
  let left = msecs_to_jiffies(msecs) + 1;
  while (left > 0) {
    set_current_state(TASK_UNINTERRUPTIBLE);
    left = schedule_timeout_for(left, `msleep(${msecs})`, null);
  }
}

/** msleep that a signal ends. Process context. @returns milliseconds left. Linux kernel/timer.c: msleep_interruptible. */
export function msleep_interruptible(msecs: number): number {
  check_arg("msleep_interruptible", "msecs", msecs, "number");
  __might_sleep("msleep_interruptible");
  let left = msecs_to_jiffies(msecs) + 1;
  while (left > 0 && !signal_pending(get$current())) {
    set_current_state(TASK_INTERRUPTIBLE);
    left = schedule_timeout_for(left, `msleep_interruptible(${msecs})`, null);
  }
  return jiffies_to_msecs(left);
}

/** Sleeps `seconds` seconds. Process context. Linux include/linux/delay.h: ssleep. */
export function ssleep(seconds: number): void {
  check_arg("ssleep", "seconds", seconds, "number");
  msleep(seconds * 1000);
}
