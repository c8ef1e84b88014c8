/** Comparing and converting jiffies (include/linux/jiffies.h, kernel/time.c). */
import { HZ } from "../kernel/tick.ts";

/** True if time `a` is after `b`. Linux include/linux/jiffies.h: time_after. */
export function time_after(a: number, b: number): boolean {
  return ((b - a) | 0) < 0;
}

/** True if time `a` is before `b`. Linux include/linux/jiffies.h: time_before. */
export function time_before(a: number, b: number): boolean {
  return time_after(b, a);
}

/** True if time `a` is after or equal to `b`. Linux include/linux/jiffies.h: time_after_eq. */
export function time_after_eq(a: number, b: number): boolean {
  return ((a - b) | 0) >= 0;
}

/** True if time `a` is before or equal to `b`. Linux include/linux/jiffies.h: time_before_eq. */
export function time_before_eq(a: number, b: number): boolean {
  return time_after_eq(b, a);
}

/** The longest timeout: for ever. */
export const MAX_JIFFY_OFFSET = 0x3ffffffe;
/** A schedule_timeout that ends only by a wake-up. */
export const MAX_SCHEDULE_TIMEOUT = 0x7fffffff;

/** Milliseconds to jiffies, rounded up. Linux include/linux/jiffies.h: msecs_to_jiffies. */
export function msecs_to_jiffies(ms: number): number {
  return Math.ceil((ms * HZ) / 1000);
}

/** Jiffies to milliseconds. Linux include/linux/jiffies.h: jiffies_to_msecs. */
export function jiffies_to_msecs(j: number): number {
  return (j * 1000) / HZ;
}

/** Microseconds to jiffies, rounded up. Linux include/linux/jiffies.h: usecs_to_jiffies. */
export function usecs_to_jiffies(us: number): number {
  return Math.ceil((us * HZ) / 1_000_000);
}

/** Jiffies to microseconds. Linux include/linux/jiffies.h: jiffies_to_usecs. */
export function jiffies_to_usecs(j: number): number {
  return (j * 1_000_000) / HZ;
}
