/*
 * amd8111e, 2005: between the end of a poll and the unmask another processor may start the next one.
 *
 * amd8111e_rx_poll() called netif_rx_complete() and then turned receive interrupts on, without a lock. In between an
 * interrupt for a finished packet may come to another processor; it sees that frames have arrived too, masks them and
 * schedules a poll. Now the first processor unmasks: the card interrupts while it is polled. For that the handler had a
 * branch of its own: it printed "Driver bug!" and threw the event away, so the frame waits for the next one.
 * Mended by a lock around both; the handler believes in a bug only if the enable bit is on (re-tells commit dfa1b73ffb41).
 */
// @lab workload=bidirectional
// @expect napi-complete-then-unmask napi-mask-shared ?napi-irq-mask ?napi-rotting ?napi-ack-before-scan
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { KERN_INFO, printk } from "linux/kernel";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_rx_complete,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

const NO_RX = regs.ALL_EVENTS & ~regs.RX_EVENTS;

/* Caller holds the lock. */
function amd8111e_rx_event(dev: net_device, lp: labnic): void {
  if (netif_rx_schedule_prep(dev)) {
    iowrite32(NO_RX, lp.regs + regs.IMR);
    __netif_rx_schedule(dev);
  } else {
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
  if (intr0 & regs.RX_EVENTS) amd8111e_rx_event(dev, lp);
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
  netif_rx_complete(dev); // BUG: from here on the handler may schedule the next poll
  iowrite32(regs.ALL_EVENTS, lp.regs + regs.IMR);
  return 0;
}

function amd8111e_setup(dev: net_device): void {
  netdev_priv<labnic>(dev).isr = amd8111e_interrupt;
  dev.poll = amd8111e_rx_poll;
}

const amd8111e_driver = labnic_driver({ name: "amd8111e", setup: amd8111e_setup });
module_init(() => pci_register_driver(amd8111e_driver));
module_exit(() => pci_unregister_driver(amd8111e_driver));
