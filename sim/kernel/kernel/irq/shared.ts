/** A device of the machine's own on a shared line (its driver was loaded before the model: its handler stands first). */
import { emit } from "machine";
import { EBUSY, ENOSYS } from "../../lib/errno.ts";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "../spinlock.ts";
import {
  chip_enable,
  IRQ_AUTODETECT,
  IRQ_DISABLED,
  IRQ_HANDLED,
  IRQ_INPROGRESS,
  IRQ_NONE,
  IRQ_WAITING,
  irq_to_desc,
  irqaction,
  SA_SHIRQ,
} from "./desc.ts";

/** The line of the PCI slots. */
export const PCI_IRQ_LINE = 11;

/**
 * Puts a handler in front of all others of a line. `serve` tells whether the interrupt was its device's.
 * @returns 0, -EBUSY if somebody has the line for himself. Linux kernel/irq/manage.c: setup_irq.
 */
export function setup_irq_first(irq: number, name: string, serve: () => boolean): number {
  const desc = irq_to_desc(irq);
  if (desc === null || !desc.exists) return -ENOSYS;
  const action = new irqaction();
  action.name = name;
  action.flags = SA_SHIRQ;
  action.dev_id = action;
  action.builtin = true;
  action.handler = () => {
    const mine = serve();
    emit({ type: "shared-interrupt", irq, asserted: mine });
    return mine ? IRQ_HANDLED : IRQ_NONE;
  };
  const flags = spin_lock_irqsave(desc.lock);
  const first = desc.action;
  const free = first === null || (first.flags & SA_SHIRQ) !== 0;
  if (free) {
    action.next = first;
    desc.action = action;
  }
  if (first === null) {
    desc.depth = 0;
    desc.status &= ~(IRQ_DISABLED | IRQ_AUTODETECT | IRQ_WAITING | IRQ_INPROGRESS);
    chip_enable(desc);
  }
  spin_unlock_irqrestore(desc.lock, flags);
  return free ? 0 : -EBUSY;
}
