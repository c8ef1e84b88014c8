/** Functions that interrupt context forbids tell the rules where they were called. */
import { emit, irqs_disabled_flag } from "machine";
import { in_interrupt, in_irq } from "./preempt.ts";

/** Tells that `fn` was called in interrupt context or with interrupts off. */
export function tell_restricted(fn: string): void {
  emit({
    type: "context-restricted",
    fn,
    inIrq: in_irq() !== 0,
    inInterrupt: in_interrupt() !== 0,
    irqsDisabled: irqs_disabled_flag(),
  });
}
