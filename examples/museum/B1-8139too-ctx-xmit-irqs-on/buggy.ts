/*
 * 8139too, 2006: hard_start_xmit turns interrupts on that netpoll had turned off.
 *
 * rtl8139_start_xmit() took its lock with spin_lock_irq() and gave it back with spin_unlock_irq(): right as long as only
 * the stack calls it, which has interrupts on. netconsole sends through netpoll, with interrupts off and xmit_lock held
 * by a plain spin_lock(). The unlock turns interrupts on in the middle of that; the timer interrupt that has waited runs
 * the watchdog on this very processor, and the watchdog spins on xmit_lock.
 * Mended by saving and restoring the flags (re-tells commit bce305f4fe77).
 */
// @lab workload=netpoll
// @expect ctx-xmit-irqs-on ctx-irq-on-in-isr ?lock-irq-dep ?deadlock
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_irq, spin_unlock_irq } from "linux/spinlock";
import type { labnic } from "../../labnic/card.ts";
import { labnic_queue_skb } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_avail } from "../../labnic/rings.ts";

function rtl8139_start_xmit(skb: sk_buff, dev: net_device): number {
  const tp = netdev_priv<labnic>(dev);
  spin_lock_irq(tp.lock);
  if (labnic_avail(tp) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irq(tp.lock);
    return NETDEV_TX_BUSY;
  }
  const queued = labnic_queue_skb(skb, dev, tp);
  spin_unlock_irq(tp.lock); // BUG: interrupts are on now, whatever they were
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function rtl8139_setup(dev: net_device): void {
  dev.hard_start_xmit = rtl8139_start_xmit;
}

const rtl8139_driver = labnic_driver({ name: "8139too", setup: rtl8139_setup });
module_init(() => pci_register_driver(rtl8139_driver));
module_exit(() => pci_unregister_driver(rtl8139_driver));
