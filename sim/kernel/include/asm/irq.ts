/** Interrupt lines. */
export { disable_irq, disable_irq_nosync, enable_irq } from "../../kernel/irq/manage.ts";
