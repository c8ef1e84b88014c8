/*
 * 8139too, 2006: poll and the watchdog take two locks in opposite orders.
 *
 * rtl8139_poll() holds rx_lock while it hands frames to the stack. The stack may answer a frame at once, a ping for
 * example, and takes xmit_lock to send. The watchdog works the other way round: it calls tx_timeout with xmit_lock held,
 * and rtl8139_tx_timeout() took rx_lock to reset both rings. On two processors each waits for the other for ever.
 * Mended by a work that resets the chip, without xmit_lock (re-tells commit 371e8bc2af11).
 */
// @lab workload=../workloads/ping-and-hang.ts
// @expect lock-order txq-timeout-context ?deadlock
import { iowrite32, mmiowb } from "asm/io";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { __netif_rx_complete, type net_device, netdev_priv, netif_wake_queue } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { labnic, labnic_hw_init, labnic_set_multicast_list, labnic_wait_idle } from "../../labnic/card.ts";
import { labnic_rx, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_free_tx, labnic_reset_rings } from "../../labnic/rings.ts";

class rtl8139_private extends labnic {
  /** Guards the receive ring; taken before lock. */
  rx_lock = new spinlock_t();
}

function rtl8139_poll(dev: net_device, budget: { v: number }): number {
  const tp = netdev_priv<rtl8139_private>(dev);
  const orig_budget = Math.min(dev.quota, budget.v);
  spin_lock(tp.rx_lock);
  const work_done = labnic_rx(dev, orig_budget);
  spin_unlock(tp.rx_lock);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === orig_budget) return 1;
  const flags = spin_lock_irqsave(tp.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(tp, tp.mask | regs.RX_EVENTS);
  mmiowb();
  spin_unlock_irqrestore(tp.lock, flags);
  return 0;
}

/* Empties the rings and starts the chip again. Caller holds rx_lock and lock. */
function rtl8139_hw_start(dev: net_device, tp: rtl8139_private): void {
  const { mask } = tp;
  labnic_wait_idle(tp);
  labnic_free_tx(tp);
  labnic_reset_rings(tp);
  labnic_hw_init(dev, tp);
  iowrite32(tp.ctrl, tp.regs + regs.CTRL);
  labnic_set_mask(tp, mask);
  mmiowb();
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
}

function rtl8139_tx_timeout(dev: net_device): void {
  const tp = netdev_priv<rtl8139_private>(dev);
  spin_lock(tp.rx_lock); // BUG: xmit_lock is held here; poll takes it inside rx_lock
  const flags = spin_lock_irqsave(tp.lock);
  rtl8139_hw_start(dev, tp);
  spin_unlock_irqrestore(tp.lock, flags);
  spin_unlock(tp.rx_lock);
  labnic_set_multicast_list(dev);
}

function rtl8139_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<rtl8139_private>(dev).rx_lock);
  dev.poll = rtl8139_poll;
  dev.tx_timeout = rtl8139_tx_timeout;
  dev.watchdog_timeo = HZ / 10;
}

const rtl8139_driver = labnic_driver({ name: "8139too", priv: rtl8139_private, setup: rtl8139_setup });
module_init(() => pci_register_driver(rtl8139_driver));
module_exit(() => pci_unregister_driver(rtl8139_driver));
