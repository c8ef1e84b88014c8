import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const irqNestedAssume: Rule = {
  id: "irq-nested-assume",
  family: "irq",
  title: "Handlers of two lines share a lock, with interrupts on",
  statement:
    "A handler without SA_INTERRUPT runs with interrupts on: another line can interrupt it. A lock that handlers of two lines take is taken with interrupts off in the handlers, too.",
  severity: "error",
  condition:
    "a handler takes a lock with interrupts on, and the handler of another line, which can come there, takes the same lock",
  source: "kernel/irq/handle.c: handle_IRQ_event()",
  kernelMessage: "[ INFO: inconsistent lock state ] inconsistent {hardirq-on-W} -> {in-hardirq-W} usage.",
  wrong:
    "function tx_interrupt(irq: number, dev: net_device): number {\n  spin_lock(p.lock); // rx_interrupt takes it, too",
  right:
    "function tx_interrupt(irq: number, dev: net_device): number {\n  const flags = spin_lock_irqsave(p.lock);",
  fix: "Use spin_lock_irqsave() in the handlers, or request the lines with SA_INTERRUPT.",
  detectedBy: ["run", "explore"],
  specialises: ["lock-irq-self"],
  consequence: "context",
  listen: reportsCycles("irq-nested-assume"),
};
