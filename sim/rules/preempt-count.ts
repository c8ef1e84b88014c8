/** The bit fields of Linux's preempt count: preemption 0-7, softirq 8-15, hardirq 16-27 (include/linux/hardirq.h). */

export function preemptDepth(count: number): number {
  return count & 0xff;
}

export function softirqDepth(count: number): number {
  return (count >>> 8) & 0xff;
}

export function hardirqDepth(count: number): number {
  return (count >>> 16) & 0xfff;
}

/** in_softirq(): a softirq runs, or bottom halves are merely disabled. */
export function bhDisabled(count: number): boolean {
  return softirqDepth(count) !== 0;
}

/** in_interrupt() */
export function inInterrupt(count: number): boolean {
  return count >>> 8 !== 0;
}
