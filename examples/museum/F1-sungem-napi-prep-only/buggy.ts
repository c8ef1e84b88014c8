/*
 * sungem, 2005: the handler claims the poll before it knows whether its own card has interrupted.
 *
 * gem_interrupt() first called netif_rx_schedule_prep(), then read the card's status. The line is shared: when the
 * other device had interrupted the status was zero, and the handler went away with IRQ_NONE. The claim stayed: nobody
 * schedules the poll of a device whose poll is claimed already, so nothing is received any more, and ifdown waits for
 * the end of a poll that never began.
 * Mended by giving the claim back on that path (re-tells commit 86d9f7f0c9cf).
 */
// @lab workload=sharedirq
// @expect napi-prep-only napi-shared-irq-check ?hang
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

function gem_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const gp = netdev_priv<labnic>(dev);
  spin_lock(gp.lock);
  const claimed = netif_rx_schedule_prep(dev);
  if ((ioread32(gp.regs + regs.ISR) & gp.mask) === 0) {
    spin_unlock(gp.lock);
    return IRQ_NONE; // BUG: the poll stays claimed
  }
  labnic_set_mask(gp, 0);
  if (claimed) __netif_rx_schedule(dev);
  spin_unlock(gp.lock);
  return IRQ_HANDLED;
}

/* Everything that the card reports is done here, with all its interrupts masked. */
function gem_poll(dev: net_device, budget: { v: number }): number {
  const gp = netdev_priv<labnic>(dev);
  let flags = spin_lock_irqsave(gp.lock);
  const gem_status = ioread32(gp.regs + regs.ISR);
  iowrite32(gem_status, gp.regs + regs.ISR);
  labnic_tx_clean(dev);
  if (gem_status & regs.LINK_CHANGE) labnic_check_link(dev, gp);
  spin_unlock_irqrestore(gp.lock, flags);

  const work_to_do = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, work_to_do);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === work_to_do) return 1;

  flags = spin_lock_irqsave(gp.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(gp, regs.ALL_EVENTS);
  spin_unlock_irqrestore(gp.lock, flags);
  return 0;
}

function gem_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = gem_interrupt;
  dev.poll = gem_poll;
}

const gem_driver = labnic_driver({ name: "gem", setup: gem_setup });
module_init(() => pci_register_driver(gem_driver));
module_exit(() => pci_unregister_driver(gem_driver));
