/** Finding the line of an ISA card (kernel/irq/autoprobe.c). */

import { __might_sleep } from "../sched.ts";
import { msleep } from "../schedule-timeout.ts";
import { spin_lock_irq, spin_unlock_irq } from "../spinlock.ts";
import { chip_enable, chip_shutdown, IRQ_AUTODETECT, IRQ_WAITING, irq_to_desc } from "./desc.ts";

const ISA_IRQS = 16;

/** Begins probing: let the card interrupt next. Process context. @returns a mask for probe_irq_off. Linux kernel/irq/autoprobe.c: probe_irq_on. */
export function probe_irq_on(): number {
  __might_sleep("probe_irq_on");
  for (let irq = 1; irq < ISA_IRQS; irq++) arm(irq);
  msleep(100);
  let mask = 0;
  for (let irq = 1; irq < ISA_IRQS; irq++) {
    const desc = irq_to_desc(irq);
    if (desc === null || (desc.status & IRQ_AUTODETECT) === 0) continue;
    if (desc.status & IRQ_WAITING) mask |= 1 << irq;
    else disarm(irq); /* it interrupted by itself: not the card */
  }
  return mask;
}

function arm(irq: number): void {
  const desc = irq_to_desc(irq);
  if (desc === null || desc.action !== null) return;
  spin_lock_irq(desc.lock);
  desc.status |= IRQ_AUTODETECT | IRQ_WAITING;
  chip_enable(desc);
  spin_unlock_irq(desc.lock);
}

function disarm(irq: number): void {
  const desc = irq_to_desc(irq);
  if (desc === null) return;
  spin_lock_irq(desc.lock);
  desc.status &= ~IRQ_AUTODETECT;
  chip_shutdown(desc);
  spin_unlock_irq(desc.lock);
}

/** Ends probing. @returns the line that interrupted, 0 if none did, a negative number if several did. Linux kernel/irq/autoprobe.c: probe_irq_off. */
export function probe_irq_off(mask: number): number {
  let found = 0;
  let count = 0;
  for (let irq = 1; irq < ISA_IRQS; irq++) {
    const desc = irq_to_desc(irq);
    if (desc === null || (desc.status & IRQ_AUTODETECT) === 0) continue;
    if (mask & (1 << irq) && (desc.status & IRQ_WAITING) === 0) {
      if (count === 0) found = irq;
      count++;
    }
    disarm(irq);
  }
  return count > 1 ? -found : found;
}
