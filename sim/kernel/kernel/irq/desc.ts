/** Interrupt lines: descriptors and their controller (include/linux/irq.h, arch/i386/kernel/io_apic.c). */
import { cancel_vector, nr_cpus, object_id, request_vector } from "machine";
import { kernel_spinlock, type spinlock_t } from "../spinlock.ts";

export const IRQ_NONE = 0;
export const IRQ_HANDLED = 1;

export const SA_PROBEIRQ = 0x08000000;
export const SA_SAMPLE_RANDOM = 0x10000000;
export const SA_SHIRQ = 0x04000000;
export const SA_INTERRUPT = 0x20000000;

export const IRQ_INPROGRESS = 1;
export const IRQ_DISABLED = 2;
export const IRQ_PENDING = 4;
export const IRQ_REPLAY = 8;
export const IRQ_AUTODETECT = 16;
export const IRQ_WAITING = 32;

/** Number of interrupt lines; 0 is the timer's. */
export const NR_IRQS = 224;
const NR_LEGACY_IRQS = 16;

export type irqreturn_t = number;

/** CPU registers at an interrupt. Drivers only pass it on. */
export class pt_regs {
  eip = 0;
}

export type irq_handler = (irq: number, dev_id: never, regs: pt_regs | null) => irqreturn_t;

/** One handler of a line (struct irqaction). */
export class irqaction {
  readonly id = object_id("irqaction");
  handler: irq_handler | null = null;
  flags = 0;
  name = "";
  dev_id: unknown = null;
  /** The handler is the kernel's own, not a driver's callback. */
  builtin = false;
  next: irqaction | null = null;
}

/** One line (struct irq_desc), with what its controller knows. */
export class irq_desc {
  readonly id = object_id("irq");
  irq = 0;
  lock: spinlock_t = kernel_spinlock("&desc->lock");
  status = IRQ_DISABLED;
  action: irqaction | null = null;
  depth = 1;
  irq_count = 0;
  irqs_unhandled = 0;
  /** A line that a device or lab/irq uses; others have no controller (no_irq_type). */
  exists = false;
  level = false;
  /** Level: the device holds the line. */
  asserted = false;
  /** Edge: an interrupt is on its way. */
  latched = false;
  masked = true;
  /** Level: taken and not yet ended. */
  in_service = false;
}

/** Made when they are first asked for. */
let descs: (irq_desc | undefined)[] = [];

/** The descriptor of a line; null if there is no such line. The lines of a PC exist, edge-triggered. */
export function irq_to_desc(irq: number): irq_desc | null {
  const known = descs[irq];
  if (known !== undefined) return known;
  if (!Number.isInteger(irq) || irq < 0 || irq >= NR_IRQS) return null;
  const desc = new irq_desc();
  desc.irq = irq;
  desc.exists = irq > 0 && irq < NR_LEGACY_IRQS;
  descs[irq] = desc;
  return desc;
}

/** Boot: no line is in use. */
export function init_irq_descs(): void {
  descs = [];
}

function deliver(desc: irq_desc): void {
  request_vector(desc.irq);
}

/** The controller looks at a level line: a held line that nobody serves interrupts. */
function look(desc: irq_desc): void {
  if (desc.level && desc.asserted && !desc.masked && !desc.in_service && !desc.latched) {
    desc.latched = true;
    deliver(desc);
  }
}

/** A device raises the line. An edge without handler is lost. */
export function chip_raise(desc: irq_desc): void {
  if (desc.level) {
    desc.asserted = true;
    look(desc);
    return;
  }
  if (desc.action === null && (desc.status & IRQ_AUTODETECT) === 0) return;
  if (desc.latched) return; /* merges with the one on its way */
  desc.latched = true;
  deliver(desc);
}

/** The device lets a level line go; what has not been delivered is cancelled. */
export function chip_lower(desc: irq_desc): void {
  if (!desc.level) return;
  desc.asserted = false;
  if (desc.latched && !desc.in_service) drop(desc);
}

function drop(desc: irq_desc): void {
  desc.latched = false;
  for (let cpu = 0; cpu < nr_cpus(); cpu++) cancel_vector(desc.irq, cpu);
}

/** A CPU has taken the interrupt (handler->ack). */
export function chip_ack(desc: irq_desc): void {
  desc.latched = false;
  desc.in_service = true;
}

/** The CPU is done with it (handler->end): a level line that is still held interrupts again. */
export function chip_end(desc: irq_desc): void {
  desc.in_service = false;
  look(desc);
}

/** handler->disable: a level line is masked; an edge is remembered by IRQ_PENDING. */
export function chip_disable(desc: irq_desc): void {
  desc.masked = true;
  if (desc.level && desc.latched && !desc.in_service) drop(desc);
}

/** handler->enable. */
export function chip_enable(desc: irq_desc): void {
  desc.masked = false;
  look(desc);
}

/** handler->shutdown: what is latched is dropped. */
export function chip_shutdown(desc: irq_desc): void {
  desc.masked = true;
  drop(desc);
}

/** An edge that came while the line was disabled comes again. */
export function chip_resend(desc: irq_desc): void {
  if (desc.level || desc.latched) return;
  desc.latched = true;
  deliver(desc);
}
