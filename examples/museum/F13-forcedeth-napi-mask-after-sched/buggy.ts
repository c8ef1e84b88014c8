/*
 * forcedeth, 2009: the handler masks after it has scheduled the poll.
 *
 * nv_nic_irq() called napi_schedule() and then wrote 0 to the mask. A poll that this handler has scheduled runs after
 * it, so all is well. But when a poll is at work on another processor, scheduling does nothing; that poll completes and
 * unmasks, and then the late write comes: interrupts off, no poll scheduled, for ever. "NETDEV WATCHDOG: transmit
 * queue 0 timed out" was all that users saw. Who else enters the handler then? The other device on the line, or an
 * interrupt that was on its way already.
 * Mended by masking between claim and schedule, and only who got the claim (re-tells commit 78c29bd95bd8).
 */
// @lab workload=sharedirq
// @expect napi-mask-after-sched
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { __netif_rx_complete, type net_device, netdev_priv, netif_rx_schedule } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

/* All the work is left to poll. */
function nv_nic_irq(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const np = netdev_priv<labnic>(dev);
  const events = ioread32(np.regs + regs.ISR);
  if (events === regs.GONE || !(events & np.mask)) return IRQ_NONE;
  netif_rx_schedule(dev);
  iowrite32(0, np.regs + regs.IMR); // BUG: the poll may be over, and has unmasked
  return IRQ_HANDLED;
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
