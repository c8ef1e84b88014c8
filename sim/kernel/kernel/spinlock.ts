/** Spinlocks (kernel/spinlock.c, include/linux/spinlock.h). Preemption is always counted, as with CONFIG_PREEMPT. */

import type { Task } from "machine";
import {
  caller_key,
  caller_lock_text,
  cpu_id,
  current_task,
  emit,
  irq_disable,
  irq_enable,
  object_id,
  point,
  spin_until,
} from "machine";
import { __local_bh_enable_unlock, local_bh_disable, local_bh_enable } from "./bh.ts";
import { arch_irq_restore, arch_irq_save, irq_flags, restore_flags } from "./irqflags.ts";
import { check_arg } from "./misuse.ts";
import { __preempt_unlock, preempt_disable } from "./preempt.ts";

type variant = "plain" | "bh" | "irq" | "irqsave";

/** A spinlock. Must be initialised by spin_lock_init (or made by DEFINE_SPINLOCK) before use. */
export class spinlock_t {
  readonly id = object_id("lock");
  /** Its class as lockdep prints it. */
  lockName = "spinlock_t";
  /** Key of its class: the place of its initialisation. */
  lockClass = "";
  initialised = false;
  /** The task that holds it, and on which CPU it took it. */
  owner: Task | null = null;
  owner_cpu = -1;
}

/** Initialises a lock of the kernel's own: its class is its name. */
export function __spin_lock_init(lock: spinlock_t, name: string): void {
  emit_init(lock, name, name);
}

function emit_init(lock: spinlock_t, name: string, key: string): void {
  const wasHeld = lock.owner !== null;
  lock.lockName = name;
  lock.lockClass = key;
  lock.initialised = true;
  lock.owner = null;
  lock.owner_cpu = -1;
  emit({ type: "lock-init", lock, wasHeld });
}

/** An initialised lock of the kernel's own. */
export function kernel_spinlock(name: string): spinlock_t {
  const lock = new spinlock_t();
  __spin_lock_init(lock, name);
  return lock;
}

/**
 * Makes a lock ready for use. The place of this call is the lock's class. Any context; nobody may hold the lock.
 * Linux include/linux/spinlock.h: spin_lock_init.
 */
export function spin_lock_init(lock: spinlock_t): void {
  check_arg("spin_lock_init", "lock", lock, spinlock_t);
  const key = caller_key();
  emit_init(lock, caller_lock_text() ?? key, key);
}

/**
 * An initialised lock: `const lock = DEFINE_SPINLOCK();`. Linux include/linux/spinlock_types.h: DEFINE_SPINLOCK.
 */
export function DEFINE_SPINLOCK(): spinlock_t {
  const lock = new spinlock_t();
  const key = caller_key();
  emit_init(lock, caller_lock_text() ?? key, key);
  return lock;
}

/**
 * An initialised lock, for use as a field's initial value (in C a macro without parentheses).
 * Linux include/linux/spinlock_types.h: SPIN_LOCK_UNLOCKED.
 */
export function SPIN_LOCK_UNLOCKED(): spinlock_t {
  const lock = new spinlock_t();
  const key = caller_key();
  emit_init(lock, caller_lock_text() ?? key, key);
  return lock;
}

/**
 * Takes the lock, preemption being off. The scheduling point lies before that: whoever is about to take a lock may still be
 * preempted.
 */
function raw_lock(lock: spinlock_t, how: variant): void {
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  emit({ type: "lock-acquire", lock, kind: "spin", variant: how, trylock: false });
  if (lock.owner !== null) {
    emit({ type: "lock-contended", lock, kind: "spin" });
    while (lock.owner !== null) spin_until(lock, `spins on ${lock.lockName}`, () => lock.owner === null);
  }
  take(lock, how, false);
}

function raw_trylock(lock: spinlock_t, how: variant): boolean {
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  emit({ type: "lock-acquire", lock, kind: "spin", variant: how, trylock: true });
  if (lock.owner !== null) {
    emit({ type: "lock-trylock-failed", lock, kind: "spin" });
    return false;
  }
  take(lock, how, true);
  return true;
}

function take(lock: spinlock_t, how: variant, trylock: boolean): void {
  lock.owner = current_task();
  lock.owner_cpu = cpu_id();
  emit({ type: "lock-acquired", lock, kind: "spin", variant: how, trylock });
}

function raw_unlock(lock: spinlock_t, how: variant, flags?: irq_flags): void {
  point(lock, "release");
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  const wasHeld = lock.owner !== null;
  const heldByMe = lock.owner === current_task() && lock.owner_cpu === cpu_id();
  lock.owner = null;
  lock.owner_cpu = -1;
  if (flags === undefined)
    emit({ type: "lock-release", lock, kind: "spin", variant: how, wasHeld, heldByMe });
  else emit({ type: "lock-release", lock, kind: "spin", variant: how, wasHeld, heldByMe, flags });
}

/**
 * Takes the lock, spinning while another CPU has it. Leaves interrupts and bottom halves as they are: only for locks that
 * no interrupt or softirq of this CPU takes, or from such a one. Any context; must not sleep until spin_unlock.
 * Linux kernel/spinlock.c: _spin_lock.
 */
export function spin_lock(lock: spinlock_t): void {
  check_arg("spin_lock", "lock", lock, spinlock_t);
  point(lock, "acquire");
  preempt_disable();
  raw_lock(lock, "plain");
}

/**
 * spin_lock for locks that softirqs take as well: bottom halves off first. Not in hard interrupts, not with interrupts off.
 * Linux kernel/spinlock.c: _spin_lock_bh.
 */
export function spin_lock_bh(lock: spinlock_t): void {
  check_arg("spin_lock_bh", "lock", lock, spinlock_t);
  point(lock, "acquire");
  local_bh_disable();
  preempt_disable();
  raw_lock(lock, "bh");
}

/**
 * spin_lock for locks that interrupt handlers take as well: interrupts off first. Only where interrupts are known to be on.
 * Linux kernel/spinlock.c: _spin_lock_irq.
 */
export function spin_lock_irq(lock: spinlock_t): void {
  check_arg("spin_lock_irq", "lock", lock, spinlock_t);
  point(lock, "acquire");
  irq_disable();
  preempt_disable();
  raw_lock(lock, "irq");
}

/**
 * spin_lock with interrupts off and their former state as the result: `const flags = spin_lock_irqsave(lock)`. Any context.
 * Linux kernel/spinlock.c: _spin_lock_irqsave.
 */
export function spin_lock_irqsave(lock: spinlock_t): irq_flags {
  check_arg("spin_lock_irqsave", "lock", lock, spinlock_t);
  point(lock, "acquire");
  const flags = new irq_flags(arch_irq_save(), lock);
  preempt_disable();
  raw_lock(lock, "irqsave");
  return flags;
}

/**
 * Releases a lock taken by spin_lock. Same task, same CPU. Linux kernel/spinlock.c: _spin_unlock.
 */
export function spin_unlock(lock: spinlock_t): void {
  check_arg("spin_unlock", "lock", lock, spinlock_t);
  raw_unlock(lock, "plain");
  __preempt_unlock();
}

/**
 * Releases a lock taken by spin_lock_bh and lets bottom halves run; pending softirqs run here. Interrupts must be on.
 * Linux kernel/spinlock.c: _spin_unlock_bh.
 */
export function spin_unlock_bh(lock: spinlock_t): void {
  check_arg("spin_unlock_bh", "lock", lock, spinlock_t);
  raw_unlock(lock, "bh");
  __preempt_unlock();
  __local_bh_enable_unlock("spin_unlock_bh");
}

/**
 * Releases a lock taken by spin_lock_irq; interrupts are on afterwards, whatever they were before.
 * Linux kernel/spinlock.c: _spin_unlock_irq.
 */
export function spin_unlock_irq(lock: spinlock_t): void {
  check_arg("spin_unlock_irq", "lock", lock, spinlock_t);
  raw_unlock(lock, "irq");
  irq_enable();
  __preempt_unlock();
}

/**
 * Releases a lock taken by spin_lock_irqsave and restores the interrupt state that it returned.
 * Linux kernel/spinlock.c: _spin_unlock_irqrestore.
 */
export function spin_unlock_irqrestore(lock: spinlock_t, flags: irq_flags): void {
  check_arg("spin_unlock_irqrestore", "lock", lock, spinlock_t);
  check_arg("spin_unlock_irqrestore", "flags", flags, irq_flags);
  raw_unlock(lock, "irqsave", flags);
  restore_flags(flags, "spin_unlock_irqrestore");
  __preempt_unlock();
}

/**
 * Takes the lock if it is free. Any context. @returns 1 if taken, else 0 (then nothing is changed).
 * Linux kernel/spinlock.c: _spin_trylock.
 */
export function spin_trylock(lock: spinlock_t): 0 | 1 {
  check_arg("spin_trylock", "lock", lock, spinlock_t);
  point(lock, "acquire");
  preempt_disable();
  if (raw_trylock(lock, "plain")) return 1;
  __preempt_unlock();
  return 0;
}

/**
 * spin_lock_bh if the lock is free. @returns 1 if taken, else 0. Linux kernel/spinlock.c: _spin_trylock_bh.
 */
export function spin_trylock_bh(lock: spinlock_t): 0 | 1 {
  check_arg("spin_trylock_bh", "lock", lock, spinlock_t);
  point(lock, "acquire");
  local_bh_disable();
  preempt_disable();
  if (raw_trylock(lock, "bh")) return 1;
  __preempt_unlock();
  local_bh_enable();
  return 0;
}

/**
 * spin_lock_irq if the lock is free. @returns 1 if taken, else 0 (then interrupts are on).
 * Linux include/linux/spinlock.h: spin_trylock_irq.
 */
export function spin_trylock_irq(lock: spinlock_t): 0 | 1 {
  check_arg("spin_trylock_irq", "lock", lock, spinlock_t);
  point(lock, "acquire");
  irq_disable();
  preempt_disable();
  if (raw_trylock(lock, "irq")) return 1;
  __preempt_unlock();
  irq_enable();
  return 0;
}

/**
 * spin_lock_irqsave if the lock is free. Any context. @returns the flags, or null if it was taken.
 * Linux include/linux/spinlock.h: spin_trylock_irqsave.
 */
export function spin_trylock_irqsave(lock: spinlock_t): irq_flags | null {
  check_arg("spin_trylock_irqsave", "lock", lock, spinlock_t);
  point(lock, "acquire");
  const flags = new irq_flags(arch_irq_save(), lock);
  preempt_disable();
  if (raw_trylock(lock, "irqsave")) return flags;
  __preempt_unlock();
  arch_irq_restore(flags.irqsWereDisabled);
  return null;
}

/**
 * 1 if somebody holds the lock. Any context; the answer may be stale at once. Linux include/linux/spinlock.h: spin_is_locked.
 */
export function spin_is_locked(lock: spinlock_t): 0 | 1 {
  check_arg("spin_is_locked", "lock", lock, spinlock_t);
  point(lock, "read");
  return lock.owner !== null ? 1 : 0;
}

/**
 * 1 if nobody holds the lock. Any context. Linux include/linux/spinlock.h: spin_can_lock.
 */
export function spin_can_lock(lock: spinlock_t): 0 | 1 {
  return spin_is_locked(lock) ? 0 : 1;
}

/**
 * Busy-waits until nobody holds the lock, without taking it. Never where this CPU holds it.
 * Linux include/linux/spinlock.h: spin_unlock_wait.
 */
export function spin_unlock_wait(lock: spinlock_t): void {
  check_arg("spin_unlock_wait", "lock", lock, spinlock_t);
  point(lock, "read");
  emit({ type: "wait-for", fn: "spin_unlock_wait", what: "lock", id: lock.id, lock });
  while (lock.owner !== null)
    spin_until(lock, `waits until ${lock.lockName} is free`, () => lock.owner === null);
}
