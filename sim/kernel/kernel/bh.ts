/** Bottom halves off and on (kernel/softirq.c: local_bh_enable). */

import { preempt_count as count, emit, point, preempt_count_add } from "machine";
import { emit_misuse, WARN_ON } from "./panic.ts";
import { HARDIRQ_MASK, PREEMPT_OFFSET, SOFTIRQ_MASK, SOFTIRQ_OFFSET } from "./preempt.ts";
import { caller_in_irq, caller_irqs_off, tell_restricted } from "./restricted.ts";
import { do_softirq, local_softirq_pending } from "./softirq.ts";

const SOFTIRQ_SHIFT = 8;

/**
 * Softirqs (timers, tasklets, NET_RX …) do not run on this CPU until local_bh_enable; nests. Any context but hard interrupt.
 * Linux include/linux/interrupt.h: local_bh_disable.
 */
export function local_bh_disable(): void {
  if (caller_in_irq()) tell_restricted("local_bh_disable");
  preempt_count_add(SOFTIRQ_OFFSET);
  emit({ type: "bh-disabled" });
}

/**
 * Undoes one local_bh_disable; when the count drops to zero outside interrupts, pending softirqs run here. Interrupts must
 * be on (else WARN). Linux kernel/softirq.c: local_bh_enable.
 */
export function local_bh_enable(): void {
  point();
  __local_bh_enable_unlock("local_bh_enable");
}

/** local_bh_enable for `fn` (spin_unlock_bh and its like). */
export function __local_bh_enable_unlock(fn: string): void {
  const irqsDisabled = caller_irqs_off();
  if (irqsDisabled || caller_in_irq()) tell_restricted(fn);
  WARN_ON(irqsDisabled);
  const depth = ((count() & SOFTIRQ_MASK) >> SOFTIRQ_SHIFT) - 1;
  emit({ type: "bh-enabled", irqsDisabled, count: depth });
  if (depth < 0) {
    emit_misuse(fn, `${fn}() without local_bh_disable()`, "ctx-bh-imbalance");
    return;
  }
  /* Keep preemption off while softirqs run. */
  preempt_count_add(PREEMPT_OFFSET - SOFTIRQ_OFFSET);
  if ((count() & (HARDIRQ_MASK | SOFTIRQ_MASK)) === 0 && local_softirq_pending() !== 0) do_softirq();
  preempt_count_add(-PREEMPT_OFFSET);
}
