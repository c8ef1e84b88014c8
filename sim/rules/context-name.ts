/** The context in which something happened, in the words of the reports. */
import type { EventStamp } from "../machine/events.ts";
import { bhDisabled } from "./preempt-count.ts";
import type { RuleMachine } from "./rule.ts";

/** `process`, `softirq`, `hardirq`, with `+bh` or `+irq` where bottom halves or interrupts are off. */
export function contextName(event: EventStamp, machine: RuleMachine): string {
  const irqs = machine.cpus[event.cpu]?.irqsDisabled === true;
  if (irqs) return `${event.context.kind}+irq`;
  return event.context.kind === "process" && bhDisabled(event.task.preemptCount)
    ? "process+bh"
    : event.context.kind;
}
