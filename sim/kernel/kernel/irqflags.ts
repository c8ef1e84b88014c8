/** The interrupt flag of this CPU (include/asm-i386/system.h). */
import { emit, irq_disable, irq_enable, irqs_disabled_flag, point } from "machine";
import { check_arg } from "./misuse.ts";

/** What every lock has (spinlock_t, rwlock_t). */
export interface lock_like {
  readonly id: number;
  readonly lockName: string;
  readonly lockClass: string;
}

/**
 * Saved interrupt state: what C keeps in `unsigned long flags`. Give it back to the matching restore, once, and do not
 * look inside.
 */
export class irq_flags {
  readonly irqsWereDisabled: boolean;
  /** The lock that was taken with it, or null for local_irq_save. */
  readonly lock: lock_like | null;
  /** How often it has been restored. */
  restored = 0;

  constructor(irqsWereDisabled = false, lock: lock_like | null = null) {
    this.irqsWereDisabled = irqsWereDisabled;
    this.lock = lock;
  }
}

/** Interrupts off for the kernel's own short sections: returns whether they were off already. */
export function arch_irq_save(): boolean {
  const were_off = irqs_disabled_flag();
  if (!were_off) irq_disable();
  return were_off;
}

/** Undoes arch_irq_save. */
export function arch_irq_restore(were_off: boolean): void {
  if (were_off === irqs_disabled_flag()) return;
  if (were_off) irq_disable();
  else irq_enable();
}

/**
 * Interrupts off on this CPU. Not nestable: local_irq_enable turns them on whatever was before. Any context.
 * Linux include/asm-i386/system.h: local_irq_disable.
 */
export function local_irq_disable(): void {
  point();
  irq_disable();
}

/**
 * Interrupts on on this CPU; what is pending is taken at once. Not in a hard interrupt handler, not inside an outer
 * section that saved them. Linux include/asm-i386/system.h: local_irq_enable.
 */
export function local_irq_enable(): void {
  point();
  irq_enable();
}

/**
 * Interrupts off on this CPU, and the state before as the result (the macro of C assigns it). Nests. Any context.
 * Linux include/asm-i386/system.h: local_irq_save.
 */
export function local_irq_save(): irq_flags {
  point();
  return new irq_flags(arch_irq_save());
}

/**
 * Restores the state that the matching local_irq_save returned. Any context.
 * Linux include/asm-i386/system.h: local_irq_restore.
 */
export function local_irq_restore(flags: irq_flags): void {
  point();
  restore_flags(flags, "local_irq_restore");
}

/** Restores saved flags and tells the rules, which see reuse and mixing up. */
export function restore_flags(flags: irq_flags, fn: string): void {
  check_arg(fn, "flags", flags, irq_flags);
  flags.restored++;
  emit({ type: "flags-restored", flags });
  arch_irq_restore(flags.irqsWereDisabled);
}

/**
 * True if interrupts are off on this CPU. Any context. Linux include/asm-i386/system.h: irqs_disabled.
 */
export function irqs_disabled(): boolean {
  return irqs_disabled_flag();
}
