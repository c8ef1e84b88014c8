/** Which context is this? */

export { synchronize_irq } from "../../kernel/irq/manage.ts";
export { in_atomic, in_interrupt, in_irq, in_softirq, preempt_count } from "../../kernel/preempt.ts";
