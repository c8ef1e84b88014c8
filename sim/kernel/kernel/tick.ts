/**
 * Time: jiffies and the timer interrupt (kernel/timer.c, arch/i386/kernel/time.c). The tick is on demand: a CPU takes a
 * timer interrupt at the jiffies at which something is due there.
 */
import { at_ns, choose, now_ns, nr_cpus, request_vector } from "machine";

/** Timer interrupts a second. */
export const HZ = 250;
/** Nanoseconds of a jiffy. */
export const TICK_NSEC = 1e9 / HZ;
/** Interrupt vector of the timer: line 0 of a PC. */
export const TIMER_VECTOR = 0;
const PHASES = 8;

let phase_ns = 0;
/** For each CPU the jiffy of the next planned timer interrupt (0: none) and how to take it back. */
let planned: { at: number; alarm: { cancel(): void } | null }[] = [];

/** Jiffies since boot; starts at 0. */
export function get$jiffies(): number {
  return Math.floor((now_ns() + phase_ns) / TICK_NSEC);
}
/** Timer ticks since boot (HZ a second). Reading it twice may give two values. Compare with time_after and its like. */
export declare const jiffies: number;

/** jiffies as 64 bits. Linux kernel/time.c: get_jiffies_64. */
export function get_jiffies_64(): bigint {
  return BigInt(get$jiffies());
}

/** Plans a timer interrupt of `cpu` at jiffy `at` or the next one, whichever is later; an earlier plan stands. */
export function tick_plan(cpu: number, at: number): void {
  const plan = planned[cpu];
  if (plan === undefined) return;
  const jiffy = Math.max(at, get$jiffies() + 1);
  if (plan.alarm !== null && plan.at <= jiffy) return;
  plan.alarm?.cancel();
  plan.at = jiffy;
  plan.alarm = at_ns(jiffy * TICK_NSEC - phase_ns, () => request_vector(TIMER_VECTOR, cpu));
}

/** Plans a timer interrupt of `cpu` at the next jiffy. */
export function tick_next_jiffy(cpu: number): void {
  tick_plan(cpu, 0);
}

/** The timer interrupt has come: nothing is planned any more. */
export function tick_taken(cpu: number): void {
  const plan = planned[cpu];
  if (plan === undefined) return;
  plan.alarm?.cancel();
  plan.alarm = null;
}

/** User space starts: where the tick falls relative to the program is a decision of the schedule. */
export function tick_phase(): void {
  phase_ns = (choose("timer phase", PHASES) * TICK_NSEC) / PHASES;
}

/** Boot. */
export function tick_init(): void {
  planned = [];
  for (let cpu = 0; cpu < nr_cpus(); cpu++) planned.push({ at: 0, alarm: null });
}
