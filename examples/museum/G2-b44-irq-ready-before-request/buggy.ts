/*
 * b44, 2005: the interrupt is requested before the chip has been reset and the rings are filled.
 *
 * b44_open() allocated the rings, requested the interrupt, and only then reset the chip. The line is shared: from that
 * moment on any other device's interrupt calls b44_interrupt() as well. It finds in the chip's status what was left
 * there when the interface was closed last, schedules the poll, and the poll takes packets out of empty rings.
 * Mended by requesting the interrupt when all is ready (re-tells commit 6c2f4267833f).
 */
// @lab workload=sharedirq
// @expect irq-ready-before-request
import { ioread32, iowrite32 } from "asm/io";
import { ENOMEM } from "linux/errno";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_rx_schedule_prep,
  netif_start_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { mod_timer } from "linux/timer";
import { type labnic, labnic_check_link, labnic_hw_init } from "../../labnic/card.ts";
import { labnic_hw_start, labnic_rx, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import {
  labnic_alloc_descriptors,
  labnic_fill_rx_ring,
  labnic_free_rings,
  labnic_reset_rings,
  labnic_tx_clean,
} from "../../labnic/rings.ts";

/* Leaves all the work to poll. The chip's own mask does not tell who has interrupted, so the bits are selected by hand. */
function b44_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const bp = netdev_priv<labnic>(dev);
  spin_lock(bp.lock);
  const istat = ioread32(bp.regs + regs.ISR);
  const mine = istat !== regs.GONE && istat & regs.ALL_EVENTS;
  if (mine) {
    const claimed = netif_rx_schedule_prep(dev);
    labnic_set_mask(bp, 0);
    if (claimed) __netif_rx_schedule(dev);
  }
  spin_unlock(bp.lock);
  return mine ? IRQ_HANDLED : IRQ_NONE;
}

function b44_poll(dev: net_device, budget: { v: number }): number {
  const bp = netdev_priv<labnic>(dev);
  let flags = spin_lock_irqsave(bp.lock);
  iowrite32(ioread32(bp.regs + regs.ISR), bp.regs + regs.ISR);
  labnic_tx_clean(dev);
  labnic_check_link(dev, bp);
  spin_unlock_irqrestore(bp.lock, flags);

  const limit = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;

  flags = spin_lock_irqsave(bp.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(bp, regs.ALL_EVENTS);
  spin_unlock_irqrestore(bp.lock, flags);
  return 0;
}

function b44_open(dev: net_device): number {
  const bp = netdev_priv<labnic>(dev);
  let err = labnic_alloc_descriptors(bp) ? 0 : -ENOMEM;
  if (!err) err = request_irq(dev.irq, b44_interrupt, SA_SHIRQ, dev.name, dev); // BUG: from here on it may be called
  if (err) {
    labnic_free_rings(bp);
    return err;
  }
  if (!labnic_fill_rx_ring(bp)) {
    free_irq(dev.irq, dev);
    labnic_free_rings(bp);
    return -ENOMEM;
  }
  labnic_reset_rings(bp);
  labnic_hw_init(dev, bp);
  netif_start_queue(dev);
  labnic_hw_start(dev, bp);
  mod_timer(bp.timer, jiffies + HZ);
  return 0;
}

function b44_setup(dev: net_device): void {
  dev.open = b44_open;
  dev.poll = b44_poll;
}

const b44_driver = labnic_driver({ name: "b44", setup: b44_setup });
module_init(() => pci_register_driver(b44_driver));
module_exit(() => pci_unregister_driver(b44_driver));
