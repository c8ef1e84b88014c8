/** Interrupt lines without hardware, for models that play both sides: lab/irq. */
import { emit, order, point } from "machine";
import { arch_irq_restore, arch_irq_save } from "../irqflags.ts";
import { check_arg } from "../misuse.ts";
import { chip_lower, chip_raise, chip_shutdown, type irq_desc, irq_to_desc, NR_IRQS } from "./desc.ts";

const FIRST_LAB_IRQ = 32;

/**
 * A free interrupt line: request_irq takes its number.
 * @param options `level`: the line stays asserted until lower_irq; by default it is edge-triggered
 * @returns the number
 */
export function alloc_irq(options: { level?: boolean } = {}): number {
  for (let irq = FIRST_LAB_IRQ; irq < NR_IRQS; irq++) {
    const desc = irq_to_desc(irq);
    if (desc === null || desc.exists) continue;
    desc.exists = true;
    desc.level = options.level === true;
    emit({ type: "irq-line", irq, level: desc.level, raised: false, was: desc.asserted });
    return irq;
  }
  return -1;
}

function line(fn: string, irq: number): irq_desc {
  check_arg(fn, "irq", irq, "number");
  const desc = irq_to_desc(irq);
  if (desc === null || !desc.exists) check_arg(fn, `irq ${irq} (a number of alloc_irq)`, null, "object");
  return desc as irq_desc;
}

/**
 * The device raises the line. Edge: one interrupt is latched; several before delivery merge; lost while there is no handler.
 * Level: it stays raised until lower_irq. Delivery comes later, on a CPU with interrupts on. Any context.
 */
export function raise_irq(irq: number): void {
  const desc = line("raise_irq", irq);
  point();
  const were_off = arch_irq_save();
  emit({ type: "irq-line", irq, level: desc.level, raised: true, was: desc.asserted });
  order(desc.lock, "release");
  chip_raise(desc);
  arch_irq_restore(were_off);
}

/** The device lets a level line go; before delivery this cancels. Nothing for an edge line. Any context. */
export function lower_irq(irq: number): void {
  const desc = line("lower_irq", irq);
  point();
  emit({ type: "irq-line", irq, level: desc.level, raised: false, was: desc.asserted });
  chip_lower(desc);
}

/** Gives a line back; its handlers must be gone. Need not be called. */
export function free_lab_irq(irq: number): void {
  const desc = line("free_lab_irq", irq);
  chip_shutdown(desc);
  desc.asserted = false;
  desc.exists = false;
}
