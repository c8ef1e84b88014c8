/*
 * The correct driver, with a status register that is cleared by reading it. It is read in one place, the handler, which
 * takes all that it finds; so an event of a frame may be gone by the time at which poll unmasks. Hence poll looks at the
 * ring once more after that, and schedules itself again.
 */
// @lab workload=everything
// @expect none
import { le32_to_cpu } from "asm/byteorder";
import { ioread32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { __netif_rx_complete, type net_device, netdev_priv } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { type labnic, labnic_check_link, labnic_set_multicast_list } from "../../labnic/card.ts";
import { labnic_open, labnic_rx, labnic_schedule_poll, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

/** CTRL: reading ISR clears it. */
const COR = 0x40;

function cor_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  while (p.mask) {
    const status = ioread32(p.regs + regs.ISR);
    if (status === regs.GONE || status === 0) break;
    if (status & p.mask) handled = IRQ_HANDLED;
    if (status & regs.RX_EVENTS) labnic_schedule_poll(dev, p);
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, p);
  }
  spin_unlock(p.lock);
  return handled;
}

function cor_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<labnic>(dev);
  const limit = Math.min(dev.quota, budget.v);
  const n = labnic_rx(dev, limit);
  dev.quota -= n;
  budget.v -= n;
  if (n === limit) return 1;
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(p, p.mask | regs.RX_EVENTS);
  if (!(le32_to_cpu(p.rx.d![p.cur]!.status) & regs.OWN)) labnic_schedule_poll(dev, p);
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

function cor_open(dev: net_device): number {
  netdev_priv<labnic>(dev).ctrl = COR;
  return labnic_open(dev);
}

/* Also called when the card comes up again after a reset. */
function cor_set_multicast_list(dev: net_device): void {
  netdev_priv<labnic>(dev).ctrl |= COR;
  labnic_set_multicast_list(dev);
}

function cor_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = cor_interrupt;
  dev.open = cor_open;
  dev.poll = cor_poll;
  dev.set_multicast_list = cor_set_multicast_list;
}

const driver = labnic_driver({ name: "labnic-cor", setup: cor_setup });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
