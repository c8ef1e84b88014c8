/*
 * skge, 2006, mended: the handler acknowledges, before poll looks through the ring. A frame that comes while poll is at
 * work raises its event again, and interrupts as soon as poll has unmasked it (re-tells commit a9cdab869ec3).
 */
// @lab workload=../workloads/trickle.ts
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { __netif_rx_complete, type net_device, netdev_priv } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx, labnic_schedule_poll, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

function skge_intr(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const skge = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(skge.lock);
  while (skge.mask) {
    const raw = ioread32(skge.regs + regs.ISR);
    const status = raw & skge.mask;
    if (raw === regs.GONE || !status) break;
    handled = IRQ_HANDLED;
    iowrite32(status, skge.regs + regs.ISR);
    if (status & regs.RX_EVENTS) labnic_schedule_poll(dev, skge);
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, skge);
  }
  spin_unlock(skge.lock);
  return handled;
}

function skge_poll(dev: net_device, budget: { v: number }): number {
  const skge = netdev_priv<labnic>(dev);
  const to_do = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, to_do);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === to_do) return 1;

  const flags = spin_lock_irqsave(skge.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(skge, skge.mask | regs.RX_EVENTS);
  spin_unlock_irqrestore(skge.lock, flags);
  return 0;
}

function skge_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = skge_intr;
  dev.poll = skge_poll;
}

const skge_driver = labnic_driver({ name: "skge", setup: skge_setup });
module_init(() => pci_register_driver(skge_driver));
module_exit(() => pci_unregister_driver(skge_driver));
