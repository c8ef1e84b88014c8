/** Interrupt lines without hardware. */
export { alloc_irq, free_lab_irq, lower_irq, raise_irq } from "../../kernel/irq/lab.ts";
