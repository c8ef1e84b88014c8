/** Busy-waiting (arch/i386/lib/delay.c). */
import { delay_ns, emit, irqs_disabled_flag, preempt_count } from "machine";
import { check_arg } from "../kernel/misuse.ts";

function busy_wait(fn: string, ns: number): void {
  emit({ type: "busy-wait", fn, ns, atomic: preempt_count() !== 0, irqsDisabled: irqs_disabled_flag() });
  delay_ns(ns);
}

/** Burns `usecs` microseconds of CPU time. Any context; not for long with interrupts off. Linux include/linux/delay.h: udelay. */
export function udelay(usecs: number): void {
  check_arg("udelay", "usecs", usecs, "number");
  busy_wait("udelay", usecs * 1000);
}

/** Burns `nsecs` nanoseconds. Any context. Linux include/linux/delay.h: ndelay. */
export function ndelay(nsecs: number): void {
  check_arg("ndelay", "nsecs", nsecs, "number");
  busy_wait("ndelay", nsecs);
}

/** Burns `msecs` milliseconds: better sleep where you may. Any context. Linux include/linux/delay.h: mdelay. */
export function mdelay(msecs: number): void {
  check_arg("mdelay", "msecs", msecs, "number");
  busy_wait("mdelay", msecs * 1_000_000);
}
