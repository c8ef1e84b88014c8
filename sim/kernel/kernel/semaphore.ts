/** Semaphores (arch/i386/kernel/semaphore.c, include/asm-i386/semaphore.h). */
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
} from "./sched.ts";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "./spinlock.ts";
import { __wake_up_common, WQ_FLAG_EXCLUSIVE, wait_queue_head_t, wait_queue_t } from "./wait.ts";

export type semaphore_kind = "semaphore" | "mutex" | "rtnl";

/** A counting semaphore (struct semaphore); initialise it by init_MUTEX, sema_init … */
export class semaphore {
  readonly id = object_id("lock");
  lockName = "semaphore";
  lockClass = "";
  /** How rules see it: the routing netlink semaphore is a kind of its own. */
  kind: semaphore_kind = "semaphore";
  initialised = false;
  /** How many may still enter. */
  count = 0;
  /** Who entered last, for the debugger; null if free. */
  owner: Task | null = null;
  wait = new wait_queue_head_t();
}

/** Initialises a semaphore of the kernel's own. */
export function __sema_init(
  sem: semaphore,
  count: number,
  name: string,
  key: string,
  kind: semaphore_kind = "semaphore",
): void {
  const wasHeld = sem.initialised && sem.owner !== null;
  sem.kind = kind;
  sem.lockName = name;
  sem.lockClass = key;
  sem.initialised = true;
  sem.count = count;
  sem.owner = null;
  sem.wait.name = name;
  emit({ type: "lock-init", lock: sem, wasHeld });
}

/** Initialises a semaphore with a count. Any context. Linux include/asm-i386/semaphore.h: sema_init. */
export function sema_init(sem: semaphore, count: number): void {
  check_arg("sema_init", "sem", sem, semaphore);
  const key = caller_key();
  __sema_init(sem, count, caller_lock_text() ?? key, key);
}

/** Initialises a semaphore for mutual exclusion, free. Linux include/asm-i386/semaphore.h: init_MUTEX. */
export function init_MUTEX(sem: semaphore): void {
  check_arg("init_MUTEX", "sem", sem, semaphore);
  const key = caller_key();
  __sema_init(sem, 1, caller_lock_text() ?? key, key);
}

/** Initialises a semaphore for mutual exclusion, taken. Linux include/asm-i386/semaphore.h: init_MUTEX_LOCKED. */
export function init_MUTEX_LOCKED(sem: semaphore): void {
  check_arg("init_MUTEX_LOCKED", "sem", sem, semaphore);
  const key = caller_key();
  __sema_init(sem, 0, caller_lock_text() ?? key, key);
}

/** A free mutex semaphore. Linux include/asm-i386/semaphore.h: DECLARE_MUTEX. */
export function DECLARE_MUTEX(): semaphore {
  const sem = new semaphore();
  const key = caller_key();
  __sema_init(sem, 1, caller_lock_text() ?? key, key);
  return sem;
}

/** A taken mutex semaphore. Linux include/asm-i386/semaphore.h: DECLARE_MUTEX_LOCKED. */
export function DECLARE_MUTEX_LOCKED(): semaphore {
  const sem = new semaphore();
  const key = caller_key();
  __sema_init(sem, 0, caller_lock_text() ?? key, key);
  return sem;
}

function enter(sem: semaphore, trylock: boolean): void {
  point(sem, "acquire");
  if (!sem.initialised) emit({ type: "lock-uninitialised", lock: sem });
  emit({ type: "lock-acquire", lock: sem, kind: sem.kind, variant: "plain", trylock });
}

function take(sem: semaphore): void {
  sem.count--;
  sem.owner = current_task();
}

function tell_taken(sem: semaphore, trylock: boolean): void {
  emit({ type: "lock-acquired", lock: sem, kind: sem.kind, variant: "plain", trylock });
}

function taken(sem: semaphore, trylock: boolean): void {
  take(sem);
  tell_taken(sem, trylock);
}

/** Sleeps until the count is positive (arch/i386/kernel/semaphore.c: __down); false if a signal came. */
function __down(sem: semaphore, state: number): boolean {
  emit({ type: "lock-contended", lock: sem, kind: sem.kind });
  const q = sem.wait;
  const wait = new wait_queue_t();
  wait.task = get$current();
  wait.flags = WQ_FLAG_EXCLUSIVE;
  let got = true;
  let flags = spin_lock_irqsave(q.lock);
  q.task_list.push(wait);
  wait.queued = true;
  while (sem.count <= 0) {
    if (state === TASK_INTERRUPTIBLE && signal_pending(get$current())) {
      got = false;
      break;
    }
    __set_current_state(state);
    spin_unlock_irqrestore(q.lock, flags);
    schedule_for(`waits for ${sem.lockName}`, sem);
    flags = spin_lock_irqsave(q.lock);
  }
  __set_current_state(TASK_RUNNING);
  if (got) take(sem);
  q.task_list = q.task_list.filter((other) => other !== wait);
  /* The wake-up may have been meant for the next one. */
  if (sem.count > 0) __wake_up_common(q, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 1);
  spin_unlock_irqrestore(q.lock, flags);
  /* Told only now: the wait queue's lock is no part of the order of locks. */
  if (got) tell_taken(sem, false);
  return got;
}

/** down under the name of the function that the driver called. */
export function __down_as(fn: string, sem: semaphore): void {
  __might_sleep(fn);
  enter(sem, false);
  if (sem.count > 0) taken(sem, false);
  else __down(sem, TASK_UNINTERRUPTIBLE);
}

/**
 * Takes the semaphore; sleeps while it is taken. Process context. Linux include/asm-i386/semaphore.h: down.
 */
export function down(sem: semaphore): void {
  check_arg("down", "sem", sem, semaphore);
  __down_as("down", sem);
}

/** down that a signal ends. Process context. @returns 0, or -EINTR. Linux include/asm-i386/semaphore.h: down_interruptible. */
export function down_interruptible(sem: semaphore): number {
  check_arg("down_interruptible", "sem", sem, semaphore);
  __might_sleep("down_interruptible");
  enter(sem, false);
  if (sem.count > 0) {
    taken(sem, false);
    return 0;
  }
  return __down(sem, TASK_INTERRUPTIBLE) ? 0 : -EINTR;
}

/**
 * Takes the semaphore if it is free. Any context. @returns 0 if taken, 1 if not (the reverse of spin_trylock).
 * Linux include/asm-i386/semaphore.h: down_trylock.
 */
export function down_trylock(sem: semaphore): 0 | 1 {
  check_arg("down_trylock", "sem", sem, semaphore);
  enter(sem, true);
  if (sem.count > 0) {
    taken(sem, true);
    return 0;
  }
  emit({ type: "lock-trylock-failed", lock: sem, kind: sem.kind });
  return 1;
}

/** Releases the semaphore and wakes a waiter. Any context, any task. Linux include/asm-i386/semaphore.h: up. */
export function up(sem: semaphore): void {
  check_arg("up", "sem", sem, semaphore);
  point(sem, "release");
  if (!sem.initialised) emit({ type: "lock-uninitialised", lock: sem });
  const wasHeld = sem.owner !== null;
  const heldByMe = sem.owner === current_task();
  emit({ type: "lock-release", lock: sem, kind: sem.kind, variant: "plain", wasHeld, heldByMe });
  const flags = spin_lock_irqsave(sem.wait.lock);
  sem.count++;
  sem.owner = null;
  __wake_up_common(sem.wait, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 1);
  spin_unlock_irqrestore(sem.wait.lock, flags);
}
