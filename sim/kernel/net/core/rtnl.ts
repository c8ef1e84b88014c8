/** The routing lock (net/core/rtnetlink.c): a semaphore in 2.6.16. */
import { caller_key, current_task } from "machine";
import { emit_misuse } from "../../kernel/misuse.ts";
import { dump_stack } from "../../kernel/panic.ts";
import { KERN_ERR, printk } from "../../kernel/printk.ts";
import { __down_as, __sema_init, down_trylock, semaphore, up } from "../../kernel/semaphore.ts";
import { netdev_run_todo } from "./netdev_todo.ts";

/** The lock itself; use the functions. Linux net/core/rtnetlink.c: rtnl_sem */
export const rtnl_sem = new semaphore();
__sema_init(rtnl_sem, 1, "rtnl_sem", "rtnl_sem", "rtnl");

/**
 * Takes the routing lock, under which devices are configured, registered, opened and closed. Not recursive.
 * @context process; sleeps. Linux net/core/rtnetlink.c: rtnl_lock
 */
export function rtnl_lock(): void {
  __down_as("rtnl_lock", rtnl_sem);
}

/** Takes the routing lock if it is free: 1 if taken, else 0. @context any. Linux net/core/rtnetlink.c: rtnl_trylock (2.6.17) */
export function rtnl_trylock(): number {
  return down_trylock(rtnl_sem) === 0 ? 1 : 0;
}

/**
 * Releases the routing lock, and completes what was registered and unregistered under it (which may sleep).
 * @context process. Linux net/core/rtnetlink.c: rtnl_unlock
 */
export function rtnl_unlock(): void {
  up(rtnl_sem);
  netdev_run_todo();
}

/** Only the lock, without the todo list (include/linux/rtnetlink.h: rtnl_shlock). */
export function rtnl_shlock(): void {
  __down_as("rtnl_lock", rtnl_sem);
}

/** Only the lock, without the todo list (include/linux/rtnetlink.h: rtnl_shunlock). */
export function rtnl_shunlock(): void {
  up(rtnl_sem);
}

/** Complains if nobody holds the routing lock. @context any. Linux include/linux/rtnetlink.h: ASSERT_RTNL */
export function ASSERT_RTNL(): void {
  assert_rtnl("ASSERT_RTNL");
}

/** ASSERT_RTNL in `fn`: rules hear of it if this task does not hold the lock, the log (as in 2.6.16) only if nobody does. */
export function assert_rtnl(fn: string): void {
  if (rtnl_sem.owner === current_task()) return;
  emit_misuse(fn, `${fn}() without rtnl_lock()`, "rtnl-assert");
  if (rtnl_sem.count <= 0) return;
  printk(`${KERN_ERR}RTNL: assertion failed at ${caller_key()} (${fn})\n`);
  dump_stack();
}
