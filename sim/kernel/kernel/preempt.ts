/** The preempt count: preemption, softirq and hardirq counts in one word (include/linux/hardirq.h, preempt.h). */
import { irqs_disabled_flag, preempt_count as machine_preempt_count, preempt_count_add } from "machine";
import { emit_misuse } from "./misuse.ts";

export const PREEMPT_OFFSET = 0x1;
export const SOFTIRQ_OFFSET = 0x100;
export const HARDIRQ_OFFSET = 0x10000;
export const PREEMPT_MASK = 0xff;
export const SOFTIRQ_MASK = 0xff00;
export const HARDIRQ_MASK = 0xfff0000;

/**
 * The preempt count of the current task: 8 bits preemption, 8 bits softirq, 12 bits hardirq. Any context.
 * Linux include/linux/preempt.h: preempt_count.
 */
export function preempt_count(): number {
  return machine_preempt_count();
}

/**
 * True (non-zero) in a hard interrupt handler. Any context. Linux include/linux/hardirq.h: in_irq.
 */
export function in_irq(): number {
  return machine_preempt_count() & HARDIRQ_MASK;
}

/**
 * True (non-zero) in a softirq, and also where bottom halves are merely disabled. Any context.
 * Linux include/linux/hardirq.h: in_softirq.
 */
export function in_softirq(): number {
  return machine_preempt_count() & SOFTIRQ_MASK;
}

/**
 * True (non-zero) in a hard interrupt, in a softirq, and where bottom halves are disabled. Any context.
 * Linux include/linux/hardirq.h: in_interrupt.
 */
export function in_interrupt(): number {
  return machine_preempt_count() & (HARDIRQ_MASK | SOFTIRQ_MASK);
}

/**
 * True where sleeping is forbidden by the preempt count: interrupt, bottom halves off, a spinlock held, preemption off.
 * It does not look at the interrupt flag. Any context. Linux include/linux/hardirq.h: in_atomic.
 */
export function in_atomic(): boolean {
  return machine_preempt_count() !== 0;
}

/**
 * True if this task may be preempted now: nothing counted and interrupts on. Linux include/linux/preempt.h: preemptible.
 */
export function preemptible(): boolean {
  return machine_preempt_count() === 0 && !irqs_disabled_flag();
}

/**
 * Forbids that another task takes this CPU; nests. Any context. Linux include/linux/preempt.h: preempt_disable.
 */
export function preempt_disable(): void {
  preempt_count_add(PREEMPT_OFFSET);
}

/**
 * Undoes one preempt_disable; the CPU may be given to another task from here on. Linux include/linux/preempt.h: preempt_enable.
 */
export function preempt_enable(): void {
  if ((machine_preempt_count() & PREEMPT_MASK) === 0) {
    emit_misuse("preempt_enable", "preempt_enable() without preempt_disable()", "ctx-preempt-imbalance");
    return;
  }
  preempt_count_add(-PREEMPT_OFFSET);
}

/**
 * As preempt_enable, without looking whether another task wants the CPU. Linux include/linux/preempt.h.
 */
export function preempt_enable_no_resched(): void {
  preempt_enable();
}

/** What a spin_unlock does to the count: one down, but never below zero (the unlock of a lock that is not held is told by its own event). */
export function __preempt_unlock(): void {
  if ((machine_preempt_count() & PREEMPT_MASK) !== 0) preempt_count_add(-PREEMPT_OFFSET);
}
