/** CPUs (include/linux/smp.h). */
import {
  cpu_id,
  emit,
  irqs_disabled_flag,
  nr_cpus,
  object_id,
  point,
  preempt_count,
  request_vector,
  spin_until,
} from "machine";
import { check_arg } from "./misuse.ts";
import { preempt_disable, preempt_enable } from "./preempt.ts";

/** Vector of smp_call_function's interrupt. */
export const CALL_FUNCTION_VECTOR = 0xfb;
export const NR_CPUS = 32;

/** Number of this CPU. With preemption off it stays valid. Linux include/linux/smp.h: smp_processor_id. */
export function smp_processor_id(): number {
  return cpu_id();
}
/** smp_processor_id without the debugging check. Linux include/linux/smp.h: raw_smp_processor_id. */
export function raw_smp_processor_id(): number {
  return cpu_id();
}
/** Preemption off, and the number of this CPU. Linux include/linux/smp.h: get_cpu. */
export function get_cpu(): number {
  preempt_disable();
  return cpu_id();
}
/** Ends get_cpu. Linux include/linux/smp.h: put_cpu. */
export function put_cpu(): void {
  preempt_enable();
}
/** How many CPUs run. Linux include/linux/cpumask.h: num_online_cpus. */
export function num_online_cpus(): number {
  return nr_cpus();
}

class call_data {
  readonly id = object_id("call_function");
  func: ((info: never) => void) | null = null;
  info: unknown = null;
  started = 0;
  finished = 0;
}
const calls: (call_data | null)[] = [];

/**
 * Calls `func(info)` on all other CPUs, in their interrupt. Process context, interrupts on, no spinlock held.
 * @param wait wait until they have finished. @returns 0. Linux arch/i386/kernel/smp.c: smp_call_function.
 */
export function smp_call_function(
  func: (info: never) => void,
  info: unknown,
  _retry: number,
  wait: number,
): number {
  check_arg("smp_call_function", "func", func, "function");
  if (irqs_disabled_flag())
    emit({
      type: "context-restricted",
      fn: "smp_call_function",
      inIrq: false,
      inInterrupt: preempt_count() > 0xff,
      irqsDisabled: true,
    });
  point();
  const data = new call_data();
  data.func = func;
  data.info = info;
  const me = get_cpu();
  for (let cpu = 0; cpu < nr_cpus(); cpu++) {
    if (cpu === me) continue;
    while (calls[cpu]) spin_until(data, "waits for another call on that CPU", () => !calls[cpu]);
    calls[cpu] = data;
    request_vector(CALL_FUNCTION_VECTOR, cpu);
  }
  put_cpu();
  const others = nr_cpus() - 1;
  spin_until(data, "waits until the other CPUs have begun the call", () => data.started >= others);
  if (wait) spin_until(data, "waits until the other CPUs have made the call", () => data.finished >= others);
  return 0;
}

/** The interrupt of smp_call_function. */
export function call_function_interrupt(): void {
  const cpu = cpu_id();
  const data = calls[cpu];
  if (!data) return;
  calls[cpu] = null;
  data.started++;
  data.func?.(data.info as never);
  data.finished++;
}

/** smp_call_function, and on this CPU as well. Linux include/linux/smp.h: on_each_cpu. */
export function on_each_cpu(func: (info: never) => void, info: unknown, retry: number, wait: number): number {
  check_arg("on_each_cpu", "func", func, "function");
  preempt_disable();
  const ret = smp_call_function(func, info, retry, wait);
  func(info as never);
  preempt_enable();
  return ret;
}
