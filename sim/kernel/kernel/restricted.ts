/** Functions that interrupt context forbids tell the rules where they were called. */
import { cpu_id, emit, irqs_disabled_flag } from "machine";
import { in_interrupt, in_irq } from "./preempt.ts";

/*
 * netpoll calls drivers with interrupts off and from anywhere, a hard interrupt too. That is not their doing: what they do
 * there is judged as if they had been called in a softirq.
 */
const netpolling = new Set<number>();

/** Marks this CPU as calling a driver for netpoll, or ends that; interrupts are off. */
export function netpoll_calls(calling: boolean): void {
  if (calling) netpolling.add(cpu_id());
  else netpolling.delete(cpu_id());
}

const by_netpoll = (): boolean => netpolling.size > 0 && netpolling.has(cpu_id());

/** True in a hard interrupt, unless netpoll brought the caller there. */
export function caller_in_irq(): boolean {
  return in_irq() !== 0 && !by_netpoll();
}

/** True with interrupts off, unless netpoll turned them off. */
export function caller_irqs_off(): boolean {
  return irqs_disabled_flag() && !by_netpoll();
}

/** Tells that `fn` was called in interrupt context or with interrupts off. */
export function tell_restricted(fn: string): void {
  emit({
    type: "context-restricted",
    fn,
    inIrq: caller_in_irq(),
    inInterrupt: in_interrupt() !== 0,
    irqsDisabled: caller_irqs_off(),
  });
}
