/* What comes after the acknowledgement raises a new event. */
// @lab workload=../lib/trickle.ts
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
import { spin_lock, spin_lock_irq, spin_unlock, spin_unlock_irq } from "linux/spinlock";
import { type labnic, labnic_check_link } from "../../../examples/labnic/card.ts";
import { labnic_rx, labnic_set_mask } from "../../../examples/labnic/netdev.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";
import {
  ALL_EVENTS,
  GONE,
  ISR,
  LINK_CHANGE,
  RX_EVENTS,
  RX_MISSED,
  TX_EVENTS,
  WINDOW,
} from "../../../examples/labnic/regs.ts";
import { labnic_tx_clean } from "../../../examples/labnic/rings.ts";

/* The handler serves link and transmit; receive events are left to poll, masked. */
function split_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  spin_lock(p.lock);
  const raw = ioread32(p.regs + ISR);
  const events = raw === GONE ? 0 : raw & p.mask;
  if (events & ~RX_EVENTS) iowrite32(events & ~RX_EVENTS, p.regs + ISR);
  if (events & RX_EVENTS && netif_rx_schedule_prep(dev)) {
    labnic_set_mask(p, p.mask & ~RX_EVENTS);
    __netif_rx_schedule(dev);
  }
  if (events & TX_EVENTS) labnic_tx_clean(dev);
  if (events & LINK_CHANGE) labnic_check_link(dev, p);
  spin_unlock(p.lock);
  return events ? IRQ_HANDLED : IRQ_NONE;
}

/* Frames that found no buffer: counted by the card, cleared by reading. */
function fetch_missed(p: labnic): void {
  spin_lock_irq(p.lock);
  iowrite32(0, p.regs + WINDOW);
  const missed = ioread32(p.regs + RX_MISSED);
  if (missed !== GONE) p.stats.rx_missed_errors += missed;
  spin_unlock_irq(p.lock);
}

function split_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<labnic>(dev);
  const limit = Math.min(budget.v, dev.quota);
  iowrite32(RX_EVENTS, p.regs + ISR);
  ioread32(p.regs + ISR);
  const n = labnic_rx(dev, limit);
  fetch_missed(p);
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  spin_lock_irq(p.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(p, ALL_EVENTS);
  spin_unlock_irq(p.lock);
  return 0;
}

const driver = labnic_driver({
  name: "split",
  setup: (dev) => {
    netdev_priv<labnic>(dev).isr = split_interrupt as labnic["isr"];
    dev.poll = split_poll;
  },
});
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
