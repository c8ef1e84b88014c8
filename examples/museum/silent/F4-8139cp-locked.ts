/*
 * 8139cp as it was in 2010, before commit 349124a00754 exchanged the two lines in which its poll unmasks and completes: both
 * stand under the lock that the handler takes, so nobody can come in between. Their order means nothing, and there is
 * no mistake to report, not even where an interrupt is a message.
 */
// @lab workload=../workloads/frames-on-both.ts irq=msi
// @expect none
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

const cp_rx_intr_mask = regs.RX_EVENTS;
const cp_norx_intr_mask = regs.ALL_EVENTS & ~regs.RX_EVENTS;

/* Received frames are acknowledged by poll, everything else here. */
function cp_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const cp = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(cp.lock);
  for (;;) {
    const raw = ioread32(cp.regs + regs.ISR);
    const status = raw & ioread32(cp.regs + regs.IMR);
    if (raw === regs.GONE || status === 0) break;
    handled = IRQ_HANDLED;
    iowrite32(status & cp_norx_intr_mask, cp.regs + regs.ISR);
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, cp);
    if (status & cp_rx_intr_mask) {
      if (!netif_rx_schedule_prep(dev)) break;
      iowrite32(cp_norx_intr_mask, cp.regs + regs.IMR);
      __netif_rx_schedule(dev);
    }
  }
  mmiowb();
  spin_unlock(cp.lock);
  return handled;
}

function cp_rx_poll(dev: net_device, budget: { v: number }): number {
  const cp = netdev_priv<labnic>(dev);
  const rx_work = Math.min(dev.quota, budget.v);
  iowrite32(cp_rx_intr_mask, cp.regs + regs.ISR);
  const rx = labnic_rx(dev, rx_work);
  dev.quota -= rx;
  budget.v -= rx;
  if (rx === rx_work) return 1;
  const flags = spin_lock_irqsave(cp.lock);
  iowrite32(regs.ALL_EVENTS, cp.regs + regs.IMR);
  __netif_rx_complete(dev);
  spin_unlock_irqrestore(cp.lock, flags);
  return 0;
}

function cp_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = cp_interrupt;
  dev.poll = cp_rx_poll;
}

const cp_driver = labnic_driver({ name: "8139cp", setup: cp_setup });
module_init(() => pci_register_driver(cp_driver));
module_exit(() => pci_unregister_driver(cp_driver));
