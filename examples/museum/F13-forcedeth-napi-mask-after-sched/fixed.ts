/*
 * forcedeth, 2009, mended: claim, mask, schedule (re-tells commit 78c29bd95bd8). The merged driver still takes no lock here,
 * and masks only with the claim: a claim that comes between the poll's last two steps is unmasked by them, and without one
 * (the interface is just going down) nothing ends the interrupt. This one goes further: claim and mask are one step for
 * the poll, which completes and unmasks under the same lock, and the mask is written in any case.
 */
// @lab workload=sharedirq
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

function nv_nic_irq(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const np = netdev_priv<labnic>(dev);
  spin_lock(np.lock);
  const events = ioread32(np.regs + regs.ISR);
  const mine = events !== regs.GONE && events & np.mask;
  if (mine) {
    const claimed = netif_rx_schedule_prep(dev);
    labnic_set_mask(np, 0);
    if (claimed) __netif_rx_schedule(dev);
  }
  spin_unlock(np.lock);
  return mine ? IRQ_HANDLED : IRQ_NONE;
}

function nv_napi_poll(dev: net_device, budget: { v: number }): number {
  const np = netdev_priv<labnic>(dev);
  let flags = spin_lock_irqsave(np.lock);
  const events = ioread32(np.regs + regs.ISR);
  iowrite32(events, np.regs + regs.ISR);
  labnic_tx_clean(dev);
  if (events & regs.LINK_CHANGE) labnic_check_link(dev, np);
  spin_unlock_irqrestore(np.lock, flags);

  const limit = Math.min(dev.quota, budget.v);
  const rx_work = labnic_rx(dev, limit);
  dev.quota -= rx_work;
  budget.v -= rx_work;
  if (rx_work === limit) return 1;

  flags = spin_lock_irqsave(np.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(np, regs.ALL_EVENTS);
  spin_unlock_irqrestore(np.lock, flags);
  return 0;
}

function nv_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = nv_nic_irq;
  dev.poll = nv_napi_poll;
}

const forcedeth_driver = labnic_driver({ name: "forcedeth", setup: nv_setup });
module_init(() => pci_register_driver(forcedeth_driver));
module_exit(() => pci_unregister_driver(forcedeth_driver));
