/*
 * What the museum's drivers of a real card have in common is the reference driver, ../../labnic: an exhibit is
 * labnic_driver({ name, setup }) with the callbacks that its lesson is about. Here is what exhibits share beyond that.
 */
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import {
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { del_timer_sync, mod_timer } from "linux/timer";
import { type labnic, labnic_check_link, labnic_hw_init, labnic_wait_idle } from "../../labnic/card.ts";
import { labnic_hw_quiesce, labnic_hw_start, labnic_schedule_poll } from "../../labnic/netdev.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

/** What a handler does about an event. @context p.lock held, hard interrupt */
export type event_handler = (dev: net_device, p: labnic) => void;

/**
 * The reference driver's interrupt handler, with the exhibit's own answer to finished packets or received frames: what
 * `p.isr` of an exhibit calls.
 */
export function nic_interrupt(
  dev_id: unknown,
  tx: event_handler = labnic_tx_clean,
  rx: event_handler = labnic_schedule_poll,
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
  mmiowb();
  spin_unlock(p.lock);
  return handled;
}

/** The second half of open, once the rings are ready. @returns an error if there is no interrupt, then nothing is started */
export function nic_start(dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  labnic_hw_init(dev, p);
  const err = request_irq(dev.irq, p.isr, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  labnic_hw_start(dev, p);
  mod_timer(p.timer, jiffies + HZ);
  return 0;
}

/** The first half of stop: after it nobody touches the rings any more. */
export function nic_quiesce(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  labnic_hw_quiesce(p);
  labnic_wait_idle(p);
  free_irq(dev.irq, dev);
  netif_carrier_off(dev);
}
