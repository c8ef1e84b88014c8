/** Interrupt lines. */
export { IRQ_HANDLED, IRQ_NONE, NR_IRQS } from "../../kernel/irq/desc.ts";
export { disable_irq, disable_irq_nosync, enable_irq, synchronize_irq } from "../../kernel/irq/manage.ts";
