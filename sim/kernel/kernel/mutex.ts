/** Mutexes (kernel/mutex.c): a semaphore of one with an owner. */
import { caller_key, caller_lock_text, current_task, emit, object_id, point, type Task } from "machine";
import { EINTR } from "../lib/errno.ts";
import { check_arg } from "./misuse.ts";
import {
  __might_sleep,
  __set_current_state,
  get$current,
  schedule_for,
  signal_pending,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
  task_of,
  try_to_wake_up,
} from "./sched.ts";
import { kernel_spinlock, spin_lock_irqsave, spin_unlock_irqrestore, type spinlock_t } from "./spinlock.ts";

/** A mutex (struct mutex): one task at a time, which must release it itself. Initialise it by mutex_init. */
export class mutex {
  readonly id = object_id("lock");
  lockName = "mutex";
  lockClass = "";
  initialised = false;
  owner: Task | null = null;
  wait_lock: spinlock_t = kernel_spinlock("&lock->wait_lock");
  wait_list: Task[] = [];
}

function init(lock: mutex, name: string, key: string): void {
  const wasHeld = lock.owner !== null;
  lock.lockName = name;
  lock.lockClass = key;
  lock.initialised = true;
  lock.owner = null;
  lock.wait_list = [];
  emit({ type: "lock-init", lock, wasHeld });
}

/** A ready mutex of the kernel's own. */
export function kernel_mutex(name: string): mutex {
  const lock = new mutex();
  init(lock, name, name);
  return lock;
}

/** Makes a mutex ready, unlocked; the place of this call is its class. Linux include/linux/mutex.h: mutex_init. */
export function mutex_init(lock: mutex): void {
  check_arg("mutex_init", "lock", lock, mutex);
  const key = caller_key();
  init(lock, caller_lock_text() ?? key, key);
}

/** A ready mutex. Linux include/linux/mutex.h: DEFINE_MUTEX. */
export function DEFINE_MUTEX(): mutex {
  const lock = new mutex();
  const key = caller_key();
  init(lock, caller_lock_text() ?? key, key);
  return lock;
}

/** Ends the life of a mutex, which must be unlocked. Linux include/linux/mutex.h: mutex_destroy. */
export function mutex_destroy(lock: mutex): void {
  check_arg("mutex_destroy", "lock", lock, mutex);
  if (lock.owner !== null) emit({ type: "lock-init", lock, wasHeld: true });
  lock.initialised = false;
}

function begin(lock: mutex, trylock: boolean): void {
  point(lock, "acquire");
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  emit({ type: "lock-acquire", lock, kind: "mutex", variant: "plain", trylock });
}

function take(lock: mutex, trylock: boolean): void {
  lock.owner = current_task();
  emit({ type: "lock-acquired", lock, kind: "mutex", variant: "plain", trylock });
}

/** The slow path (kernel/mutex.c: __mutex_lock_common); false if a signal came. */
function sleep_for(lock: mutex, state: number): boolean {
  emit({ type: "lock-contended", lock, kind: "mutex" });
  const me = current_task();
  let flags = spin_lock_irqsave(lock.wait_lock);
  lock.wait_list.push(me);
  let got = true;
  while (lock.owner !== null) {
    if (state === TASK_INTERRUPTIBLE && signal_pending(get$current())) {
      got = false;
      break;
    }
    __set_current_state(state);
    spin_unlock_irqrestore(lock.wait_lock, flags);
    schedule_for(`waits for ${lock.lockName}`, lock);
    flags = spin_lock_irqsave(lock.wait_lock);
  }
  __set_current_state(TASK_RUNNING);
  if (got) take(lock, false);
  lock.wait_list = lock.wait_list.filter((task) => task !== me);
  spin_unlock_irqrestore(lock.wait_lock, flags);
  return got;
}

/** Locks the mutex, sleeping while another task has it. Process context. Linux kernel/mutex.c: mutex_lock. */
export function mutex_lock(lock: mutex): void {
  check_arg("mutex_lock", "lock", lock, mutex);
  __might_sleep("mutex_lock");
  begin(lock, false);
  if (lock.owner === null) take(lock, false);
  else sleep_for(lock, TASK_UNINTERRUPTIBLE);
}

/** mutex_lock that a signal ends. Process context. @returns 0, or -EINTR. Linux kernel/mutex.c: mutex_lock_interruptible. */
export function mutex_lock_interruptible(lock: mutex): number {
  check_arg("mutex_lock_interruptible", "lock", lock, mutex);
  __might_sleep("mutex_lock_interruptible");
  begin(lock, false);
  if (lock.owner === null) take(lock, false);
  else if (!sleep_for(lock, TASK_INTERRUPTIBLE)) return -EINTR;
  return 0;
}

/** Locks the mutex if it is free. Process context. @returns 1 if locked, else 0 (like spin_trylock). Linux kernel/mutex.c: mutex_trylock. */
export function mutex_trylock(lock: mutex): 0 | 1 {
  check_arg("mutex_trylock", "lock", lock, mutex);
  begin(lock, true);
  if (lock.owner === null) {
    take(lock, true);
    return 1;
  }
  emit({ type: "lock-trylock-failed", lock, kind: "mutex" });
  return 0;
}

/** Unlocks a mutex that this task locked. Process context. Linux kernel/mutex.c: mutex_unlock. */
export function mutex_unlock(lock: mutex): void {
  check_arg("mutex_unlock", "lock", lock, mutex);
  point(lock, "release");
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  const wasHeld = lock.owner !== null;
  const heldByMe = lock.owner === current_task();
  emit({ type: "lock-release", lock, kind: "mutex", variant: "plain", wasHeld, heldByMe });
  const flags = spin_lock_irqsave(lock.wait_lock);
  lock.owner = null;
  const first = lock.wait_list[0];
  if (first !== undefined) try_to_wake_up(task_of(first), TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE);
  spin_unlock_irqrestore(lock.wait_lock, flags);
}

/** 1 if the mutex is locked. Any context. Linux include/linux/mutex.h: mutex_is_locked. */
export function mutex_is_locked(lock: mutex): 0 | 1 {
  check_arg("mutex_is_locked", "lock", lock, mutex);
  point(lock, "read");
  return lock.owner !== null ? 1 : 0;
}
