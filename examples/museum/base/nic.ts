/*
 * What the museum's drivers of a real card have in common is the reference driver, ../../labnic: an exhibit is
 * labnic_driver({ name, setup }) with the callbacks that its lesson is about. Here is what exhibits share beyond that.
 */
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_schedule_poll } from "../../labnic/netdev.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

/** What a handler does about an event. @context p.lock held, hard interrupt */
export type event_handler = (dev: net_device, p: labnic) => void;

/**
 * The reference driver's interrupt handler, with the exhibit's own answer to received frames or finished packets. An
 * exhibit sets `p.isr = (irq, dev_id) => nic_interrupt(dev_id, my_rx, my_tx)`.
 */
export function nic_interrupt(
  dev_id: unknown,
  rx: event_handler = labnic_schedule_poll,
  tx: event_handler = labnic_tx_clean,
): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  while (p.mask) {
    const raw = ioread32(p.regs + regs.ISR);
    const status = raw & p.mask;
    if (raw === regs.GONE || !status) break;
    handled = IRQ_HANDLED;
    iowrite32(status, p.regs + regs.ISR);
    if (status & regs.RX_EVENTS) rx(dev, p);
    if (status & regs.TX_EVENTS) tx(dev, p);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, p);
  }
  spin_unlock(p.lock);
  return handled;
}
