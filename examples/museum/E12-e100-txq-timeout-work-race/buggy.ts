/*
 * e100, 2010: the reset after a timeout runs while the interface is closed.
 *
 * tx_timeout queues a work that takes the card down and up again. e100_tx_timeout_task() did not ask anybody whether the
 * interface was still up: it runs in keventd, beside e100_close(), which takes the same card down. Both free the same
 * interrupt and the same packets, or the work starts the card again after close has put everything away.
 * Mended by rtnl_lock() and netif_running() in the work: open and close hold rtnl, too (re-tells commit 401da6aea31e).
 */
// @lab workload=../workloads/down-around-timeout.ts
// @expect txq-timeout-work-race work-running-check ?irq-double-free ?irq-double-request ?irq-free ?dma-double-unmap ?dma-unmap-order ?dma-unmap ?skb-leak-close ?skb-leak-rx ?mmio-post ?hang ?deadlock ?car-serial
import { free_irq, request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_poll_disable,
  netif_poll_enable,
  netif_tx_disable,
  netif_wake_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock_bh, spin_unlock_bh } from "linux/spinlock";
import { del_timer_sync, mod_timer } from "linux/timer";
import { INIT_WORK, schedule_work } from "linux/workqueue";
import {
  type labnic,
  labnic_hw_init,
  labnic_set_multicast_list,
  labnic_wait_idle,
} from "../../labnic/card.ts";
import { labnic_hw_quiesce, labnic_hw_start } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_alloc_rings, labnic_free_rings } from "../../labnic/rings.ts";

function e100_up(dev: net_device): number {
  const nic = netdev_priv<labnic>(dev);
  let err = labnic_alloc_rings(nic);
  if (err) return err;
  labnic_hw_init(dev, nic);
  spin_lock_bh(dev.xmit_lock);
  labnic_set_multicast_list(dev);
  spin_unlock_bh(dev.xmit_lock);
  err = request_irq(dev.irq, nic.isr, SA_SHIRQ, dev.name, dev);
  if (err) {
    labnic_free_rings(nic);
    return err;
  }
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
  labnic_hw_start(dev, nic);
  mod_timer(nic.timer, jiffies + HZ);
  return 0;
}

/* Polling has ended: in stop by the core, else by the caller. */
function e100_down(dev: net_device): number {
  const nic = netdev_priv<labnic>(dev);
  labnic_hw_quiesce(nic);
  free_irq(dev.irq, dev);
  netif_tx_disable(dev);
  labnic_wait_idle(nic);
  del_timer_sync(nic.timer);
  netif_carrier_off(dev);
  labnic_free_rings(nic);
  return 0;
}

function e100_tx_timeout_task(data: unknown): void {
  const dev = data as net_device;
  netif_poll_disable(dev);
  e100_down(dev); // BUG: close may be doing the same, or have done it
  e100_up(dev);
  netif_poll_enable(dev);
}

/* Called with xmit_lock held: the rest is for a process. */
function e100_tx_timeout(dev: net_device): void {
  const nic = netdev_priv<labnic>(dev);
  nic.stats.tx_errors++;
  schedule_work(nic.work);
}

function e100_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<labnic>(dev).work, e100_tx_timeout_task, dev);
  dev.open = e100_up;
  dev.stop = e100_down;
  dev.tx_timeout = e100_tx_timeout;
  dev.watchdog_timeo = HZ / 50;
}

const e100_driver = labnic_driver({ name: "e100", setup: e100_setup });
module_init(() => pci_register_driver(e100_driver));
module_exit(() => pci_unregister_driver(e100_driver));
