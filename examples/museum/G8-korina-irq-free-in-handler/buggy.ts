/*
 * korina, 2010: the handler of an overrun restarts the card, and waits for itself.
 *
 * korina_ovr_interrupt() called korina_restart(), which first of all wants quiet: disable_irq() on each of the card's
 * lines. It waits until the line's handler has returned, and one of them is the handler that calls it. What came behind it is
 * as bad: polling was to be disabled there, which sleeps.
 * Mended by a work that restarts; the handler only schedules it (re-tells commit ceb3d2394532).
 */
// @lab workload=../workloads/overrun.ts
// @expect irq-free-in-handler ?ctx-sleep-atomic
import { ioread32, iowrite32 } from "asm/io";
import { disable_irq, enable_irq, IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import type { labnic } from "../../labnic/card.ts";
import { labnic_hw_down, labnic_hw_up } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { nic_interrupt } from "../base/nic.ts";

/* Stops the card, throws away what is in its rings, and starts it again. */
function korina_restart(dev: net_device): void {
  disable_irq(dev.irq); // BUG: in a handler of this line
  labnic_hw_down(dev);
  labnic_hw_up(dev);
  enable_irq(dev.irq);
}

function korina_ovr_interrupt(dev: net_device): number {
  const lp = netdev_priv<labnic>(dev);
  if (!(ioread32(lp.regs + regs.ISR) & lp.mask & regs.RX_OVERFLOW)) return IRQ_NONE;
  netif_stop_queue(dev);
  iowrite32(regs.RX_OVERFLOW, lp.regs + regs.ISR);
  korina_restart(dev);
  return IRQ_HANDLED;
}

/* The chip has a line for each kind of event; here they share one. */
function korina_interrupt(_irq: number, dev_id: unknown): number {
  const overrun = korina_ovr_interrupt(dev_id as net_device);
  return overrun | nic_interrupt(dev_id);
}

function korina_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = korina_interrupt;
}

const korina_driver = labnic_driver({ name: "korina", setup: korina_setup });
module_init(() => pci_register_driver(korina_driver));
module_exit(() => pci_unregister_driver(korina_driver));
