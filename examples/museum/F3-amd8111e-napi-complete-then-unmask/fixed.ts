/*
 * amd8111e, 2005, mended: completing and unmasking are one step for the handler, which takes the same lock; and it sees a
 * driver bug only in an interrupt that is enabled (re-tells commit dfa1b73ffb41).
 */
// @lab workload=bidirectional
// @expect none
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { KERN_INFO, printk } from "linux/kernel";
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

const NO_RX = regs.ALL_EVENTS & ~regs.RX_EVENTS;

/* Caller holds the lock. */
function amd8111e_rx_event(dev: net_device, lp: labnic, inten0: number): void {
  if (netif_rx_schedule_prep(dev)) {
    iowrite32(NO_RX, lp.regs + regs.IMR);
    __netif_rx_schedule(dev);
  } else if (inten0 & regs.RX_EVENTS) {
    printk(`${KERN_INFO}${dev.name}: Driver bug! interrupt while in poll\n`);
    iowrite32(regs.RX_EVENTS, lp.regs + regs.ISR);
  }
}

function amd8111e_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const lp = netdev_priv<labnic>(dev);
  spin_lock(lp.lock);
  const intr0 = ioread32(lp.regs + regs.ISR);
  const inten0 = ioread32(lp.regs + regs.IMR);
  if (intr0 === regs.GONE || (intr0 & inten0) === 0) {
    spin_unlock(lp.lock);
    return IRQ_NONE;
  }
  iowrite32(intr0 & NO_RX, lp.regs + regs.ISR);
  if (intr0 & regs.RX_EVENTS) amd8111e_rx_event(dev, lp, inten0);
  if (intr0 & regs.TX_EVENTS) labnic_tx_clean(dev);
  if (intr0 & regs.LINK_CHANGE) labnic_check_link(dev, lp);
  mmiowb();
  spin_unlock(lp.lock);
  return IRQ_HANDLED;
}

function amd8111e_rx_poll(dev: net_device, budget: { v: number }): number {
  const lp = netdev_priv<labnic>(dev);
  const rx_pkt_limit = Math.min(dev.quota, budget.v);
  iowrite32(regs.RX_EVENTS, lp.regs + regs.ISR);
  const num_rx_pkt = labnic_rx(dev, rx_pkt_limit);
  dev.quota -= num_rx_pkt;
  budget.v -= num_rx_pkt;
  if (num_rx_pkt === rx_pkt_limit) return 1;
  const flags = spin_lock_irqsave(lp.lock);
  __netif_rx_complete(dev);
  iowrite32(regs.ALL_EVENTS, lp.regs + regs.IMR);
  mmiowb();
  spin_unlock_irqrestore(lp.lock, flags);
  return 0;
}

function amd8111e_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = amd8111e_interrupt;
  dev.poll = amd8111e_rx_poll;
}

const amd8111e_driver = labnic_driver({ name: "amd8111e", setup: amd8111e_setup });
module_init(() => pci_register_driver(amd8111e_driver));
module_exit(() => pci_unregister_driver(amd8111e_driver));
