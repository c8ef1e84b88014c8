/** Reader-writer spinlocks (kernel/spinlock.c, include/linux/rwlock.h). */
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
  type Task,
} from "machine";
import { __local_bh_enable_unlock, local_bh_disable } from "./bh.ts";
import { arch_irq_save, irq_flags, restore_flags } from "./irqflags.ts";
import { check_arg } from "./misuse.ts";
import { __preempt_unlock, preempt_disable } from "./preempt.ts";

type variant = "plain" | "bh" | "irq" | "irqsave";
type side = "read" | "write";

/** A lock for many readers or one writer. Must be initialised by rwlock_init (or made by DEFINE_RWLOCK). */
export class rwlock_t {
  readonly id = object_id("lock");
  lockName = "rwlock_t";
  lockClass = "";
  initialised = false;
  /** The writer, and where it took the lock. */
  owner: Task | null = null;
  owner_cpu = -1;
  /** The tasks that hold it for reading, once for each time. */
  readers: Task[] = [];
}

/** Initialises a lock of the kernel's own. */
export function __rwlock_init(lock: rwlock_t, name: string): void {
  emit_init(lock, name, name);
}

function emit_init(lock: rwlock_t, name: string, key: string): void {
  const wasHeld = lock.owner !== null || lock.readers.length > 0;
  lock.lockName = name;
  lock.lockClass = key;
  lock.initialised = true;
  lock.owner = null;
  lock.owner_cpu = -1;
  lock.readers = [];
  emit({ type: "lock-init", lock, wasHeld });
}

/** An initialised lock of the kernel's own. */
export function kernel_rwlock(name: string): rwlock_t {
  const lock = new rwlock_t();
  __rwlock_init(lock, name);
  return lock;
}

/** Makes a lock ready; the place of this call is its class. Any context. Linux include/linux/spinlock.h: rwlock_init. */
export function rwlock_init(lock: rwlock_t): void {
  check_arg("rwlock_init", "lock", lock, rwlock_t);
  const key = caller_key();
  emit_init(lock, caller_lock_text() ?? key, key);
}

/** An initialised lock. Linux include/linux/spinlock_types.h: DEFINE_RWLOCK. */
export function DEFINE_RWLOCK(): rwlock_t {
  const lock = new rwlock_t();
  const key = caller_key();
  emit_init(lock, caller_lock_text() ?? key, key);
  return lock;
}

function is_free(lock: rwlock_t, kind: side): boolean {
  return lock.owner === null && (kind === "read" || lock.readers.length === 0);
}

function raw_lock(lock: rwlock_t, kind: side, how: variant): void {
  begin(lock, kind, how, false);
  if (!is_free(lock, kind)) {
    emit({ type: "lock-contended", lock, kind });
    const words = kind === "read" ? "to read" : "to write";
    while (!is_free(lock, kind))
      spin_until(lock, `spins on ${lock.lockName} ${words}`, () => is_free(lock, kind));
  }
  take(lock, kind, how, false);
}

function raw_trylock(lock: rwlock_t, kind: side, how: variant): boolean {
  begin(lock, kind, how, true);
  if (is_free(lock, kind)) {
    take(lock, kind, how, true);
    return true;
  }
  emit({ type: "lock-trylock-failed", lock, kind });
  return false;
}

function begin(lock: rwlock_t, kind: side, how: variant, trylock: boolean): void {
  point(lock, "acquire");
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  emit({ type: "lock-acquire", lock, kind, variant: how, trylock });
}

function take(lock: rwlock_t, kind: side, how: variant, trylock: boolean): void {
  if (kind === "read") lock.readers.push(current_task());
  else {
    lock.owner = current_task();
    lock.owner_cpu = cpu_id();
  }
  emit({ type: "lock-acquired", lock, kind, variant: how, trylock });
}

function raw_unlock(lock: rwlock_t, kind: side, how: variant, flags?: irq_flags): void {
  point(lock, "release");
  if (!lock.initialised) emit({ type: "lock-uninitialised", lock });
  const me = current_task();
  const wasHeld = kind === "read" ? lock.readers.length > 0 : lock.owner !== null;
  const heldByMe =
    kind === "read" ? lock.readers.includes(me) : lock.owner === me && lock.owner_cpu === cpu_id();
  if (kind === "read") {
    const at = lock.readers.indexOf(me);
    if (wasHeld) lock.readers.splice(Math.max(at, 0), 1);
  } else {
    lock.owner = null;
    lock.owner_cpu = -1;
  }
  if (flags === undefined) emit({ type: "lock-release", lock, kind, variant: how, wasHeld, heldByMe });
  else emit({ type: "lock-release", lock, kind, variant: how, wasHeld, heldByMe, flags });
}

function lock_plain(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  preempt_disable();
  raw_lock(lock, kind, "plain");
}
function lock_bh(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  local_bh_disable();
  preempt_disable();
  raw_lock(lock, kind, "bh");
}
function lock_irq(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  irq_disable();
  preempt_disable();
  raw_lock(lock, kind, "irq");
}
function lock_irqsave(fn: string, lock: rwlock_t, kind: side): irq_flags {
  check_arg(fn, "lock", lock, rwlock_t);
  const flags = new irq_flags(arch_irq_save(), lock);
  preempt_disable();
  raw_lock(lock, kind, "irqsave");
  return flags;
}
function unlock_plain(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  raw_unlock(lock, kind, "plain");
  __preempt_unlock();
}
function unlock_bh(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  raw_unlock(lock, kind, "bh");
  __preempt_unlock();
  __local_bh_enable_unlock(fn);
}
function unlock_irq(fn: string, lock: rwlock_t, kind: side): void {
  check_arg(fn, "lock", lock, rwlock_t);
  raw_unlock(lock, kind, "irq");
  irq_enable();
  __preempt_unlock();
}
function unlock_irqrestore(fn: string, lock: rwlock_t, kind: side, flags: irq_flags): void {
  check_arg(fn, "lock", lock, rwlock_t);
  check_arg(fn, "flags", flags, irq_flags);
  raw_unlock(lock, kind, "irqsave", flags);
  restore_flags(flags, fn);
  __preempt_unlock();
}
function trylock(fn: string, lock: rwlock_t, kind: side): 0 | 1 {
  check_arg(fn, "lock", lock, rwlock_t);
  preempt_disable();
  if (raw_trylock(lock, kind, "plain")) return 1;
  __preempt_unlock();
  return 0;
}

/** Takes the lock for reading, spinning while there is a writer. Readers may nest. Any context; must not sleep. Linux kernel/spinlock.c: _read_lock. */
export function read_lock(lock: rwlock_t): void {
  lock_plain("read_lock", lock, "read");
}
/** read_lock with bottom halves off. Not in hard interrupts. Linux kernel/spinlock.c: _read_lock_bh. */
export function read_lock_bh(lock: rwlock_t): void {
  lock_bh("read_lock_bh", lock, "read");
}
/** read_lock with interrupts off; they were on. Linux kernel/spinlock.c: _read_lock_irq. */
export function read_lock_irq(lock: rwlock_t): void {
  lock_irq("read_lock_irq", lock, "read");
}
/** read_lock with interrupts off. Any context. @returns the state before. Linux kernel/spinlock.c: _read_lock_irqsave. */
export function read_lock_irqsave(lock: rwlock_t): irq_flags {
  return lock_irqsave("read_lock_irqsave", lock, "read");
}
/** Ends read_lock. Linux kernel/spinlock.c: _read_unlock. */
export function read_unlock(lock: rwlock_t): void {
  unlock_plain("read_unlock", lock, "read");
}
/** Ends read_lock_bh; pending softirqs run. Interrupts on. Linux kernel/spinlock.c: _read_unlock_bh. */
export function read_unlock_bh(lock: rwlock_t): void {
  unlock_bh("read_unlock_bh", lock, "read");
}
/** Ends read_lock_irq; interrupts are on. Linux kernel/spinlock.c: _read_unlock_irq. */
export function read_unlock_irq(lock: rwlock_t): void {
  unlock_irq("read_unlock_irq", lock, "read");
}
/** Ends read_lock_irqsave. Linux kernel/spinlock.c: _read_unlock_irqrestore. */
export function read_unlock_irqrestore(lock: rwlock_t, flags: irq_flags): void {
  unlock_irqrestore("read_unlock_irqrestore", lock, "read", flags);
}
/** read_lock if there is no writer. @returns 1 if taken, else 0. Linux kernel/spinlock.c: _read_trylock. */
export function read_trylock(lock: rwlock_t): 0 | 1 {
  return trylock("read_trylock", lock, "read");
}

/** Takes the lock alone, spinning while anybody has it. Any context; must not sleep. Linux kernel/spinlock.c: _write_lock. */
export function write_lock(lock: rwlock_t): void {
  lock_plain("write_lock", lock, "write");
}
/** write_lock with bottom halves off. Not in hard interrupts. Linux kernel/spinlock.c: _write_lock_bh. */
export function write_lock_bh(lock: rwlock_t): void {
  lock_bh("write_lock_bh", lock, "write");
}
/** write_lock with interrupts off; they were on. Linux kernel/spinlock.c: _write_lock_irq. */
export function write_lock_irq(lock: rwlock_t): void {
  lock_irq("write_lock_irq", lock, "write");
}
/** write_lock with interrupts off. Any context. @returns the state before. Linux kernel/spinlock.c: _write_lock_irqsave. */
export function write_lock_irqsave(lock: rwlock_t): irq_flags {
  return lock_irqsave("write_lock_irqsave", lock, "write");
}
/** Ends write_lock. Linux kernel/spinlock.c: _write_unlock. */
export function write_unlock(lock: rwlock_t): void {
  unlock_plain("write_unlock", lock, "write");
}
/** Ends write_lock_bh; pending softirqs run. Interrupts on. Linux kernel/spinlock.c: _write_unlock_bh. */
export function write_unlock_bh(lock: rwlock_t): void {
  unlock_bh("write_unlock_bh", lock, "write");
}
/** Ends write_lock_irq; interrupts are on. Linux kernel/spinlock.c: _write_unlock_irq. */
export function write_unlock_irq(lock: rwlock_t): void {
  unlock_irq("write_unlock_irq", lock, "write");
}
/** Ends write_lock_irqsave. Linux kernel/spinlock.c: _write_unlock_irqrestore. */
export function write_unlock_irqrestore(lock: rwlock_t, flags: irq_flags): void {
  unlock_irqrestore("write_unlock_irqrestore", lock, "write", flags);
}
/** write_lock if nobody has it. @returns 1 if taken, else 0. Linux kernel/spinlock.c: _write_trylock. */
export function write_trylock(lock: rwlock_t): 0 | 1 {
  return trylock("write_trylock", lock, "write");
}
