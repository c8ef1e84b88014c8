/** Interrupt lines for drivers (kernel/irq/manage.c). */

import { choose, emit, order, point, run_context, spin_until } from "machine";
import { EBUSY, EINVAL, ENOSYS } from "../../lib/errno.ts";
import { should_fail } from "../fault.ts";
import { arch_irq_restore, arch_irq_save } from "../irqflags.ts";
import { check_arg } from "../misuse.ts";
import { WARN_ON } from "../panic.ts";
import { in_interrupt } from "../preempt.ts";
import { KERN_ERR, printk } from "../printk.ts";
import { tell_restricted } from "../restricted.ts";
import { __might_sleep } from "../sched.ts";
import { irq_enter, irq_exit } from "../softirq.ts";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "../spinlock.ts";
import {
  chip_disable,
  chip_enable,
  chip_resend,
  chip_shutdown,
  IRQ_AUTODETECT,
  IRQ_DISABLED,
  IRQ_INPROGRESS,
  IRQ_NONE,
  IRQ_PENDING,
  IRQ_REPLAY,
  IRQ_WAITING,
  type irq_desc,
  type irq_handler,
  irq_to_desc,
  irqaction,
  NR_IRQS,
  type pt_regs,
  SA_SHIRQ,
} from "./desc.ts";
import { __do_IRQ } from "./handle.ts";

/** The handler's result from a truth value. Linux include/linux/interrupt.h: IRQ_RETVAL. */
export function IRQ_RETVAL(x: unknown): number {
  return x ? 1 : IRQ_NONE;
}

function desc_of(fn: string, irq: number): irq_desc | null {
  check_arg(fn, "irq", irq, "number");
  return irq_to_desc(irq);
}

/**
 * Installs a handler: from here on it may be called. Shared lines (SA_SHIRQ) need a dev_id that is not null and unique.
 * Without SA_INTERRUPT the handler runs with interrupts ON. Process context, may sleep.
 * @returns 0, -EINVAL, -EBUSY if somebody has the line for himself, -ENOSYS if there is no such line
 * Linux kernel/irq/manage.c: request_irq.
 */
export function request_irq<D>(
  irq: number,
  handler: (irq: number, dev_id: D, regs: pt_regs | null) => number,
  irqflags: number,
  devname: string,
  dev_id: D,
): number {
  __might_sleep("request_irq");
  point();
  const result = try_request(irq, handler as unknown as irq_handler, irqflags, devname, dev_id);
  emit({ type: "irq-requested", irq, name: devname, flags: irqflags, devId: dev_id, handler, result });
  if (result === 0 && irqflags & SA_SHIRQ && choose("spurious interrupt after request_irq", 2) === 1)
    spurious_interrupt(irq, devname);
  return result;
}

function try_request(
  irq: number,
  handler: irq_handler,
  flags: number,
  name: string,
  dev_id: unknown,
): number {
  const desc = desc_of("request_irq", irq);
  if (flags & SA_SHIRQ && (dev_id === null || dev_id === undefined)) return -EINVAL;
  if (desc === null || irq >= NR_IRQS || handler === null) return -EINVAL;
  check_arg("request_irq", "handler", handler, "function");
  if (should_fail("request-irq")) return -EBUSY;
  const action = new irqaction();
  action.handler = handler;
  action.flags = flags;
  action.name = name;
  action.dev_id = dev_id ?? null;
  return setup_irq(desc, action);
}

/** Linux kernel/irq/manage.c: setup_irq. */
function setup_irq(desc: irq_desc, action: irqaction): number {
  if (!desc.exists) return -ENOSYS;
  const flags = spin_lock_irqsave(desc.lock);
  const first = desc.action;
  if (first === null) {
    desc.action = action;
    desc.depth = 0;
    desc.status &= ~(IRQ_DISABLED | IRQ_AUTODETECT | IRQ_WAITING | IRQ_INPROGRESS);
    chip_enable(desc);
  } else {
    if ((first.flags & action.flags & SA_SHIRQ) === 0) {
      spin_unlock_irqrestore(desc.lock, flags);
      return -EBUSY;
    }
    let last = first;
    while (last.next !== null) last = last.next;
    last.next = action;
  }
  spin_unlock_irqrestore(desc.lock, flags);
  return 0;
}

/** Another device of a shared line may interrupt at once: a real interrupt, of nobody here. */
function spurious_interrupt(irq: number, name: string): void {
  const were_off = arch_irq_save();
  run_context("hardirq", `irq ${irq} (${name})`, () => {
    irq_enter();
    __do_IRQ(irq);
    irq_exit();
  });
  arch_irq_restore(were_off);
}

/**
 * Removes the handler with this dev_id and waits until it has returned on all CPUs. Process context; not under a lock that
 * the handler takes. Linux kernel/irq/manage.c: free_irq.
 */
export function free_irq(irq: number, dev_id: unknown): void {
  const desc = desc_of("free_irq", irq);
  if (in_interrupt()) tell_restricted("free_irq");
  WARN_ON(in_interrupt());
  __might_sleep("free_irq");
  point();
  if (desc === null) return;
  const flags = spin_lock_irqsave(desc.lock);
  const found = unlink(desc, dev_id ?? null);
  if (found && desc.action === null) {
    desc.status |= IRQ_DISABLED;
    chip_shutdown(desc);
  }
  spin_unlock_irqrestore(desc.lock, flags);
  emit({ type: "irq-freed", irq, devId: dev_id, found });
  if (found) wait_for_handlers(desc, "free_irq");
  else printk(`${KERN_ERR}Trying to free free IRQ%d\n`, irq);
}

function unlink(desc: irq_desc, dev_id: unknown): boolean {
  let before: irqaction | null = null;
  for (let action = desc.action; action !== null; before = action, action = action.next) {
    if (action.dev_id !== dev_id) continue;
    if (before === null) desc.action = action.next;
    else before.next = action.next;
    return true;
  }
  return false;
}

function wait_for_handlers(desc: irq_desc, fn: string): void {
  emit({ type: "wait-for", fn, what: "irq", id: desc.irq });
  while (desc.status & IRQ_INPROGRESS)
    spin_until(
      desc,
      `${fn} waits for the handlers of irq ${desc.irq}`,
      () => (desc.status & IRQ_INPROGRESS) === 0,
    );
  order(desc.lock, "acquire");
}

/**
 * Waits until no handler of the line runs. Busy-waits: not from the handler, not under a lock that it takes.
 * Linux kernel/irq/manage.c: synchronize_irq.
 */
export function synchronize_irq(irq: number): void {
  const desc = desc_of("synchronize_irq", irq);
  point();
  if (desc !== null) wait_for_handlers(desc, "synchronize_irq");
}

/**
 * The line's handlers are not called until enable_irq; does not wait for one that runs. Nests. Any context.
 * Linux kernel/irq/manage.c: disable_irq_nosync.
 */
export function disable_irq_nosync(irq: number): void {
  const desc = desc_of("disable_irq_nosync", irq);
  point();
  if (desc !== null) disable(desc);
}

function disable(desc: irq_desc): void {
  const flags = spin_lock_irqsave(desc.lock);
  if (desc.depth++ === 0) {
    desc.status |= IRQ_DISABLED;
    chip_disable(desc);
  }
  emit({ type: "irq-disabled", irq: desc.irq, depth: desc.depth });
  spin_unlock_irqrestore(desc.lock, flags);
}

/**
 * disable_irq_nosync, and waits until no handler runs: not from the handler, not under a lock that it takes.
 * Linux kernel/irq/manage.c: disable_irq.
 */
export function disable_irq(irq: number): void {
  const desc = desc_of("disable_irq", irq);
  point();
  if (desc === null) return;
  disable(desc);
  if (desc.action !== null) wait_for_handlers(desc, "disable_irq");
}

/** Undoes one disable_irq; an edge that came meanwhile is delivered now. Any context. Linux kernel/irq/manage.c: enable_irq. */
export function enable_irq(irq: number): void {
  const desc = desc_of("enable_irq", irq);
  point();
  if (desc === null) return;
  const flags = spin_lock_irqsave(desc.lock);
  if (desc.depth === 0) WARN_ON(true);
  else if (desc.depth === 1) {
    const status = desc.status & ~IRQ_DISABLED;
    desc.status = status;
    if ((status & (IRQ_PENDING | IRQ_REPLAY)) === IRQ_PENDING) {
      desc.status = status | IRQ_REPLAY;
      chip_resend(desc);
    }
    chip_enable(desc);
  }
  if (desc.depth > 0) desc.depth--;
  emit({ type: "irq-enabled", irq, depth: desc.depth });
  spin_unlock_irqrestore(desc.lock, flags);
}
