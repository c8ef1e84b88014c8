/*
 * A trap that many drivers fell into: the handler acknowledges whatever the status register shows.
 *
 * "Write back what was read" is right until poll comes in: then receive events are masked, and belong to the poll. A
 * handler that comes for something else meanwhile (a packet has been sent) clears them along. If the poll has had its last
 * look at the ring by then, nobody tells it of the frame: it lies there until the next one comes.
 * Mended by acknowledging only what is unmasked.
 */
// @lab workload=../workloads/trickle-both.ts
// @expect napi-ack-before-scan
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_schedule_poll } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

function skeleton_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  while (p.mask) {
    const raw = ioread32(p.regs + regs.ISR);
    const status = raw & p.mask;
    if (raw === regs.GONE || !status) break;
    handled = IRQ_HANDLED;
    iowrite32(raw, p.regs + regs.ISR); // BUG: also what is masked, because poll is at work
    if (status & regs.RX_EVENTS) labnic_schedule_poll(dev, p);
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, p);
  }
  spin_unlock(p.lock);
  return handled;
}

function skeleton_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = skeleton_interrupt;
}

const driver = labnic_driver({ name: "skeleton", setup: skeleton_setup });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
