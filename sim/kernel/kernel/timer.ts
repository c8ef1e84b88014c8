/** Timers: one base a CPU, run by the timer softirq (kernel/timer.c). */
import { cpu_id, driver_call, emit, nr_cpus, object_id, point, preempt_count, spin_until } from "machine";
import { time_after_eq } from "../lib/jiffies.ts";
import { pointer_value } from "../lib/vsprintf.ts";
import { BUG, BUG_ON, check_arg } from "./panic.ts";
import { in_irq } from "./preempt.ts";
import { KERN_WARNING, printk } from "./printk.ts";
import { tell_restricted } from "./restricted.ts";
import { open_softirq, raise_softirq_irqoff, TIMER_SOFTIRQ } from "./softirq.ts";
import {
  kernel_spinlock,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_unlock_irq,
  spin_unlock_irqrestore,
  type spinlock_t,
} from "./spinlock.ts";
import { get$jiffies, tick_plan, tick_taken } from "./tick.ts";

export type timer_fn = (data: never) => void;

/** A timer (struct timer_list): init_timer, set function and data, then mod_timer. */
export class timer_list {
  readonly id = object_id("timer");
  /** The jiffy at which it fires. */
  expires = 0;
  function: timer_fn | null = null;
  /** Passed to the function. */
  data: unknown = null;
  /** The base that it is queued on, or was last. */
  base: tvec_base | null = null;
  /** Its place in the base's queue; null: not pending. */
  entry: timer_entry | null = null;
  /** The kernel's own: no event, no callback of a driver. */
  internal = false;
}

/** A queued timer. */
export class timer_entry {
  timer: timer_list | null = null;
  expires = 0;
}

/** The timers of one CPU (struct tvec_t_base_s). */
export class tvec_base {
  readonly id = object_id("tvec_base");
  lock: spinlock_t = kernel_spinlock("&base->lock");
  running_timer: timer_list | null = null;
  /** By expiry; timers of one jiffy in the order in which they were added. */
  queue: timer_entry[] = [];
  cpu = 0;
}

let bases: tvec_base[] = [];

function misused(
  timer: timer_list,
  how: "no-function" | "add-pending" | "reinit-pending" | "sync-self",
): void {
  emit({ type: "timer-misused", timer, how });
}

/**
 * Makes a timer ready. Not on a pending timer. Any context. Linux kernel/timer.c: init_timer.
 */
export function init_timer(timer: timer_list): void {
  check_arg("init_timer", "timer", timer, timer_list);
  point();
  /* The queue keeps the old entry, as the list would keep the node: it fires all the same. */
  if (timer.entry !== null) misused(timer, "reinit-pending");
  timer.entry = null;
  timer.base = bases[cpu_id()] ?? null;
  emit({ type: "initialised", what: "timer", object: timer });
}

/** init_timer and function and data in one. Any context. Linux include/linux/timer.h: setup_timer. */
export function setup_timer(timer: timer_list, fn: timer_fn, data: unknown): void {
  init_timer(timer);
  timer.function = fn;
  timer.data = data;
}

/** An initialised timer. Linux include/linux/timer.h: TIMER_INITIALIZER. */
export function TIMER_INITIALIZER(fn: timer_fn, expires: number, data: unknown): timer_list {
  const timer = new timer_list();
  setup_timer(timer, fn, data);
  timer.expires = expires;
  return timer;
}

/** A timer of the kernel's own: silent, and called directly. */
export function init_kernel_timer(timer: timer_list, fn: timer_fn, data: unknown): void {
  timer.internal = true;
  timer.base = bases[cpu_id()] ?? null;
  timer.function = fn;
  timer.data = data;
}

/** 1 if the timer is queued. Any context. Linux include/linux/timer.h: timer_pending. */
export function timer_pending(timer: timer_list): 0 | 1 {
  check_arg("timer_pending", "timer", timer, timer_list);
  return timer.entry !== null ? 1 : 0;
}

function detach_timer(timer: timer_list): void {
  const { entry, base } = timer;
  timer.entry = null;
  if (entry === null || base === null) return;
  const at = base.queue.indexOf(entry);
  if (at >= 0) base.queue.splice(at, 1);
}

function internal_add_timer(base: tvec_base, timer: timer_list): void {
  const entry = new timer_entry();
  entry.timer = timer;
  entry.expires = timer.expires;
  const { queue } = base;
  let at = queue.length;
  while (at > 0 && (queue[at - 1] as timer_entry).expires > entry.expires) at--;
  queue.splice(at, 0, entry);
  timer.entry = entry;
  timer.base = base;
  tick_plan(base.cpu, entry.expires);
}

/** Takes the lock of the base that the timer is on (kernel/timer.c: lock_timer_base). */
function lock_timer_base(timer: timer_list): {
  base: tvec_base;
  flags: ReturnType<typeof spin_lock_irqsave>;
} {
  for (;;) {
    const base = timer.base ?? (bases[cpu_id()] as tvec_base);
    const flags = spin_lock_irqsave(base.lock);
    if (timer.base === null || timer.base === base) return { base, flags };
    spin_unlock_irqrestore(base.lock, flags); /* it has moved meanwhile */
  }
}

function __mod_timer(timer: timer_list, expires: number): 0 | 1 {
  const locked = lock_timer_base(timer);
  const wasPending = timer.entry !== null;
  if (wasPending) detach_timer(timer);
  let { base } = locked;
  let { flags } = locked;
  const here = bases[cpu_id()] as tvec_base;
  /* A running timer stays on its CPU, so that it is serialised against itself. */
  if (base !== here && base.running_timer !== timer) {
    spin_unlock_irqrestore(base.lock, flags);
    flags = spin_lock_irqsave(here.lock);
    base = here;
  }
  timer.expires = expires;
  internal_add_timer(base, timer);
  spin_unlock_irqrestore(base.lock, flags);
  if (!timer.internal) emit({ type: "timer-armed", timer, wasPending });
  return wasPending ? 1 : 0;
}

function require_function(timer: timer_list): void {
  if (timer.function !== null) {
    check_arg("mod_timer", "timer.function", timer.function, "function");
    return;
  }
  misused(timer, "no-function");
  BUG();
}

/**
 * Arms an initialised timer for `timer.expires`. It must not be pending. Any context; the function runs once, in the TIMER
 * softirq of this CPU. Linux kernel/timer.c: add_timer.
 */
export function add_timer(timer: timer_list): void {
  check_arg("add_timer", "timer", timer, timer_list);
  point();
  if (timer.entry !== null) {
    misused(timer, "add-pending");
    BUG();
  }
  require_function(timer);
  __mod_timer(timer, timer.expires);
}

/** add_timer on another CPU. Linux kernel/timer.c: add_timer_on. */
export function add_timer_on(timer: timer_list, cpu: number): void {
  check_arg("add_timer_on", "timer", timer, timer_list);
  point();
  BUG_ON(timer.entry !== null);
  require_function(timer);
  BUG_ON(bases[cpu] === undefined);
  const base = bases[cpu] as tvec_base;
  const flags = spin_lock_irqsave(base.lock);
  internal_add_timer(base, timer);
  spin_unlock_irqrestore(base.lock, flags);
  if (!timer.internal) emit({ type: "timer-armed", timer, wasPending: false });
}

/**
 * Arms or re-arms a timer for jiffy `expires`. Any context. @returns 1 if it was pending. Linux kernel/timer.c: mod_timer.
 */
export function mod_timer(timer: timer_list, expires: number): 0 | 1 {
  check_arg("mod_timer", "timer", timer, timer_list);
  check_arg("mod_timer", "expires", expires, "number");
  point();
  require_function(timer);
  if (timer.entry !== null && timer.expires === expires) {
    if (!timer.internal) emit({ type: "timer-armed", timer, wasPending: true });
    return 1;
  }
  return __mod_timer(timer, expires);
}

/**
 * Takes a timer off the queue; its function may still be running on another CPU. Any context.
 * @returns 1 if it was pending. Linux kernel/timer.c: del_timer.
 */
export function del_timer(timer: timer_list): 0 | 1 {
  check_arg("del_timer", "timer", timer, timer_list);
  point();
  const wasPending = timer.entry !== null && delete_pending(timer);
  if (!timer.internal) emit({ type: "timer-deleted", timer, sync: false, wasPending });
  return wasPending ? 1 : 0;
}

function delete_pending(timer: timer_list): boolean {
  const { base, flags } = lock_timer_base(timer);
  const wasPending = timer.entry !== null;
  if (wasPending) detach_timer(timer);
  spin_unlock_irqrestore(base.lock, flags);
  return wasPending;
}

/**
 * del_timer unless the function is running. Any context. @returns 1 if it was pending, 0 if not, -1 if it runs now.
 * Linux kernel/timer.c: try_to_del_timer_sync.
 */
export function try_to_del_timer_sync(timer: timer_list): -1 | 0 | 1 {
  check_arg("try_to_del_timer_sync", "timer", timer, timer_list);
  const { base, flags } = lock_timer_base(timer);
  const running = base.running_timer === timer;
  const wasPending = timer.entry !== null;
  if (!running && wasPending) detach_timer(timer);
  spin_unlock_irqrestore(base.lock, flags);
  if (running) return -1;
  return wasPending ? 1 : 0;
}

/**
 * Takes a timer off the queue and waits until its function has returned on all CPUs. It must not be re-armed meanwhile.
 * Not in interrupt context, not in its own function, not under a lock that the function takes.
 * @returns 1 if it was pending. Linux kernel/timer.c: del_timer_sync.
 */
export function del_timer_sync(timer: timer_list): 0 | 1 {
  check_arg("del_timer_sync", "timer", timer, timer_list);
  point();
  if (in_irq() && !timer.internal) tell_restricted("del_timer_sync");
  const own = bases[cpu_id()];
  if (own?.running_timer === timer) misused(timer, "sync-self");
  if (!timer.internal) emit({ type: "wait-for", fn: "del_timer_sync", what: "timer", id: timer.id });
  for (;;) {
    const ret = try_to_del_timer_sync(timer);
    if (ret >= 0) {
      if (!timer.internal) emit({ type: "timer-deleted", timer, sync: true, wasPending: ret === 1 });
      return ret as 0 | 1;
    }
    spin_until(
      timer,
      "del_timer_sync waits for the timer's function",
      () => timer.base?.running_timer !== timer,
    );
  }
}

/** del_timer_sync for a timer that is not re-armed by its function. Linux include/linux/timer.h: del_singleshot_timer_sync. */
export function del_singleshot_timer_sync(timer: timer_list): 0 | 1 {
  return del_timer_sync(timer);
}

/** The timer interrupt of this CPU: expired timers run in the softirq (kernel/timer.c: run_local_timers). */
export function timer_interrupt(cpu: number): void {
  tick_taken(cpu);
  raise_softirq_irqoff(TIMER_SOFTIRQ);
}

function run_timer_softirq(): void {
  const base = bases[cpu_id()] as tvec_base;
  const first = base.queue[0];
  if (first !== undefined && time_after_eq(get$jiffies(), first.expires)) __run_timers(base);
  plan_next(base);
}

function plan_next(base: tvec_base): void {
  const first = base.queue[0];
  if (first !== undefined) tick_plan(base.cpu, first.expires);
}

/** Runs what is due (kernel/timer.c: __run_timers). Timers that are armed meanwhile for a past jiffy wait for the next one. */
function __run_timers(base: tvec_base): void {
  spin_lock_irq(base.lock);
  const now = get$jiffies();
  const due = base.queue.filter((entry) => time_after_eq(now, entry.expires));
  for (const entry of due) {
    const at = base.queue.indexOf(entry);
    if (at < 0) continue; /* deleted by an earlier one */
    base.queue.splice(at, 1);
    const timer = entry.timer as timer_list;
    if (timer.entry === entry) timer.entry = null;
    base.running_timer = timer;
    const { function: fn, data } = timer;
    spin_unlock_irq(base.lock);
    call_timer_fn(timer, fn as timer_fn, data);
    spin_lock_irq(base.lock);
  }
  base.running_timer = null;
  spin_unlock_irq(base.lock);
}

function call_timer_fn(timer: timer_list, fn: timer_fn, data: unknown): void {
  const before = preempt_count();
  if (timer.internal) fn(data as never);
  else {
    emit({ type: "timer-fired", timer });
    driver_call("timer", timer, fn, data);
    emit({ type: "timer-done", timer });
  }
  const after = preempt_count();
  if (before === after) return;
  printk(
    `${KERN_WARNING}huh, entered %p with preempt_count %08x, exited with %08x?\n`,
    pointer_value(fn),
    before,
    after,
  );
  BUG();
}

/** The next timer of a CPU, for the debugger. */
export function next_timer_interrupt(cpu: number): number | null {
  return bases[cpu]?.queue[0]?.expires ?? null;
}

/** Boot (kernel/timer.c: init_timers). */
export function init_timers(): void {
  bases = [];
  for (let cpu = 0; cpu < nr_cpus(); cpu++) {
    const base = new tvec_base();
    base.cpu = cpu;
    bases.push(base);
  }
  open_softirq(TIMER_SOFTIRQ, run_timer_softirq, null);
}
