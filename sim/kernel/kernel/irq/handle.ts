/** What happens at an interrupt (kernel/irq/handle.c, kernel/irq/spurious.c). */
import { driver_call, emit, irq_disable, irq_enable } from "machine";
import { check_arg } from "../misuse.ts";
import { dump_stack } from "../panic.ts";
import { KERN_ERR, printk } from "../printk.ts";
import { spin_lock, spin_unlock } from "../spinlock.ts";
import {
  chip_ack,
  chip_disable,
  chip_end,
  IRQ_DISABLED,
  IRQ_HANDLED,
  IRQ_INPROGRESS,
  IRQ_NONE,
  IRQ_PENDING,
  IRQ_REPLAY,
  IRQ_WAITING,
  type irq_desc,
  irq_to_desc,
  type irqaction,
  pt_regs,
  SA_INTERRUPT,
} from "./desc.ts";

const SPURIOUS_WINDOW = 100000;
const SPURIOUS_LIMIT = 99900;

/**
 * Calls the handlers of a line, with interrupts ON unless the first one asked for SA_INTERRUPT.
 * Linux kernel/irq/handle.c: handle_IRQ_event.
 */
function handle_IRQ_event(irq: number, regs: pt_regs, first: irqaction): number {
  let retval = IRQ_NONE;
  if ((first.flags & SA_INTERRUPT) === 0) irq_enable();
  for (let action: irqaction | null = first; action !== null; action = action.next) {
    const result = call_handler(irq, regs, action);
    emit({ type: "irq-handled", irq, result });
    retval |= result;
  }
  irq_disable();
  return retval;
}

function call_handler(irq: number, regs: pt_regs, action: irqaction): number {
  const { dev_id } = action;
  check_arg("request_irq", "handler", action.handler, "function");
  const handler = action.handler as (...args: unknown[]) => unknown;
  const ret = action.builtin
    ? handler(irq, dev_id, regs)
    : driver_call("irq", action, handler, irq, dev_id, regs);
  return typeof ret === "number" ? ret : IRQ_NONE;
}

/** Counts interrupts that nobody wanted; after too many the line is shut (kernel/irq/spurious.c: note_interrupt). */
function note_interrupt(irq: number, desc: irq_desc, action_ret: number): void {
  if (action_ret !== IRQ_HANDLED) desc.irqs_unhandled++;
  desc.irq_count++;
  if (desc.irq_count < SPURIOUS_WINDOW) return;
  desc.irq_count = 0;
  if (desc.irqs_unhandled > SPURIOUS_LIMIT) {
    printk(`${KERN_ERR}irq %d: nobody cared (try booting with the "irqpoll" option)\n`, irq);
    dump_stack();
    printk(`${KERN_ERR}Disabling IRQ #%d\n`, irq);
    desc.status |= IRQ_DISABLED;
    chip_disable(desc);
  }
  desc.irqs_unhandled = 0;
}

/**
 * The interrupt of a line: its handlers never run on two CPUs at once; an edge that comes meanwhile is remembered.
 * Linux kernel/irq/handle.c: __do_IRQ.
 */
export function __do_IRQ(irq: number): void {
  const desc = irq_to_desc(irq);
  if (desc === null) return;
  emit({ type: "irq-entered", irq });
  spin_lock(desc.lock);
  chip_ack(desc);
  let action: irqaction | null = null;
  let status = (desc.status & ~(IRQ_REPLAY | IRQ_WAITING)) | IRQ_PENDING;
  if ((status & (IRQ_DISABLED | IRQ_INPROGRESS)) === 0) {
    action = desc.action;
    status = (status & ~IRQ_PENDING) | IRQ_INPROGRESS;
  }
  desc.status = status;
  if (action !== null) run_handlers(irq, desc, action);
  if (action !== null || (status & IRQ_INPROGRESS) === 0) chip_end(desc);
  spin_unlock(desc.lock);
}

function run_handlers(irq: number, desc: irq_desc, action: irqaction): void {
  const regs = new pt_regs();
  for (;;) {
    spin_unlock(desc.lock);
    const ret = handle_IRQ_event(irq, regs, action);
    spin_lock(desc.lock);
    note_interrupt(irq, desc, ret);
    if ((desc.status & IRQ_PENDING) === 0) break;
    desc.status &= ~IRQ_PENDING;
  }
  desc.status &= ~IRQ_INPROGRESS;
}
