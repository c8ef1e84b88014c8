/** Tells the rules about functions that are forbidden in interrupts or with interrupts off (RULES: "context-restricted"). */
import { emit, irqs_disabled_flag } from "machine";
import { in_interrupt, in_irq } from "../../kernel/preempt.ts";

/** Emits `context-restricted` if `fn` is called in a hard interrupt or with interrupts off. */
export function restricted(fn: string): void {
  const irqsDisabled = irqs_disabled_flag();
  const inIrq = in_irq() !== 0;
  if (inIrq || irqsDisabled)
    emit({ type: "context-restricted", fn, inIrq, inInterrupt: in_interrupt() !== 0, irqsDisabled });
}

/** Emits `context-restricted` if `fn` is not called in a softirq (or with bottom halves off): netif_receive_skb. */
export function softirq_only(fn: string): void {
  const inIrq = in_irq() !== 0;
  const inInterrupt = in_interrupt() !== 0;
  if (inIrq || !inInterrupt)
    emit({ type: "context-restricted", fn, inIrq, inInterrupt, irqsDisabled: irqs_disabled_flag() });
}
