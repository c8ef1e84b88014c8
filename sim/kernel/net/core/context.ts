/** Tells the rules about functions that are forbidden in interrupts or with interrupts off (RULES: "context-restricted"). */
import { in_interrupt } from "../../kernel/preempt.ts";
import { caller_in_irq, caller_irqs_off, tell_restricted } from "../../kernel/restricted.ts";

/** Emits `context-restricted` if `fn` is called in a hard interrupt or with interrupts off. */
export function restricted(fn: string): void {
  if (caller_in_irq() || caller_irqs_off()) tell_restricted(fn);
}

/** Emits `context-restricted` if `fn` is not called in a softirq (or with bottom halves off): netif_receive_skb. */
export function softirq_only(fn: string): void {
  if (caller_in_irq() || !in_interrupt()) tell_restricted(fn);
}
