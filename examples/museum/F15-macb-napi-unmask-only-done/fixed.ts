/*
 * macb, 2010, mended: poll unmasks only when it completes; the handler masks whether it may schedule or not (re-tells
 * commit b336369c1e1a).
 */
// @lab workload=flood-rx
// @expect none
import { ioread32, iowrite32 } from "asm/io";
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
import { labnic_rx, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

function macb_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const bp = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(bp.lock);
  while (bp.mask) {
    const raw = ioread32(bp.regs + regs.ISR);
    const status = raw & bp.mask;
    if (raw === regs.GONE || !status) break;
    handled = IRQ_HANDLED;
    // there is no point in acknowledging received frames while they lie in the ring: poll does it
    iowrite32(status & ~regs.RX_EVENTS, bp.regs + regs.ISR);
    if (status & regs.RX_EVENTS) {
      labnic_set_mask(bp, bp.mask & ~regs.RX_EVENTS);
      if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);
    }
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, bp);
  }
  spin_unlock(bp.lock);
  return handled;
}

function macb_poll(dev: net_device, budget: { v: number }): number {
  const bp = netdev_priv<labnic>(dev);
  iowrite32(regs.RX_EVENTS, bp.regs + regs.ISR);
  const limit = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;

  const flags = spin_lock_irqsave(bp.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(bp, bp.mask | regs.RX_EVENTS);
  spin_unlock_irqrestore(bp.lock, flags);
  return 0;
}

function macb_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = macb_interrupt;
  dev.poll = macb_poll;
  dev.weight = 4;
}

const macb_driver = labnic_driver({ name: "macb", setup: macb_setup });
module_init(() => pci_register_driver(macb_driver));
module_exit(() => pci_unregister_driver(macb_driver));
