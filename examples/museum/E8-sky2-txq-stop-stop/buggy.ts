/*
 * sky2, 2009: the queue is woken in the middle of a restart.
 *
 * A change of the ring sizes goes through sky2_down() and sky2_up() while the interface stays up. sky2_down() stopped
 * the queue and threw the packets away. But a stopped queue does not stay stopped: a completion that is still on its way
 * finds the device running, the ring empty and the queue stopped, and wakes it. The next packet goes into a ring that is
 * about to be set up anew, and is never seen again.
 * Mended by a flag: while restarting there is no room, so nobody wakes (re-tells commit f6caa14aa0b1).
 */
// @lab workload=../workloads/ring-resize.ts
// @expect txq-stop-stop txq-wake-down ?txq-wake-cond ?txq-busy ?txq-ring-overflow ?skb-leak-tx ?skb-leak-close ?txq-stall ?txq-progress
import { EINVAL } from "linux/errno";
import type { ethtool_ringparam } from "linux/ethtool";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_poll_disable,
  netif_poll_enable,
  netif_queue_stopped,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import {
  spin_lock_bh,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_unlock_bh,
  spin_unlock_irq,
  spin_unlock_irqrestore,
} from "linux/spinlock";
import {
  labnic,
  labnic_hw_init,
  labnic_set_multicast_list,
  labnic_wait_idle,
  RING_SIZE,
} from "../../labnic/card.ts";
import { labnic_ethtool_ops } from "../../labnic/ethtool.ts";
import { labnic_hw_start, labnic_queue_skb } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_avail, labnic_free_tx, labnic_reset_rings, labnic_tx_reclaim } from "../../labnic/rings.ts";
import { nic_interrupt } from "../base/nic.ts";

class sky2_port extends labnic {
  /** So many packets may wait in the ring. */
  tx_pending = RING_SIZE - 1;
}

function tx_avail(sky2: sky2_port): number {
  return sky2.tx_pending - (RING_SIZE - 1 - labnic_avail(sky2));
}

/* Caller holds the lock. */
function sky2_tx_complete(dev: net_device, p: labnic): void {
  const sky2 = p as sky2_port;
  labnic_tx_reclaim(sky2);
  if (netif_running(dev) && netif_queue_stopped(dev) && tx_avail(sky2) > 1) netif_wake_queue(dev);
}

function sky2_xmit_frame(skb: sk_buff, dev: net_device): number {
  const sky2 = netdev_priv<sky2_port>(dev);
  const flags = spin_lock_irqsave(sky2.lock);
  if (tx_avail(sky2) <= 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(sky2.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = labnic_queue_skb(skb, dev, sky2);
  if (tx_avail(sky2) <= 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(sky2.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function sky2_down(dev: net_device, sky2: sky2_port): void {
  netif_poll_disable(dev);
  netif_stop_queue(dev); // BUG: sky2_tx_complete() wakes it again
  spin_lock_irq(sky2.lock);
  sky2.ctrl = 0;
  spin_unlock_irq(sky2.lock);
  labnic_wait_idle(sky2);
  spin_lock_irq(sky2.lock);
  labnic_free_tx(sky2);
  labnic_reset_rings(sky2);
  spin_unlock_irq(sky2.lock);
}

function sky2_up(dev: net_device, sky2: sky2_port): void {
  labnic_hw_init(dev, sky2);
  spin_lock_bh(dev.xmit_lock);
  labnic_set_multicast_list(dev);
  spin_unlock_bh(dev.xmit_lock);
  netif_poll_enable(dev);
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
  labnic_hw_start(dev, sky2);
}

function sky2_set_ringparam(dev: net_device, ering: ethtool_ringparam): number {
  const sky2 = netdev_priv<sky2_port>(dev);
  if (ering.tx_pending < 3 || ering.tx_pending >= RING_SIZE) return -EINVAL;
  if (netif_running(dev)) sky2_down(dev, sky2);
  sky2.tx_pending = ering.tx_pending;
  if (netif_running(dev)) sky2_up(dev, sky2);
  return 0;
}

function sky2_intr(_irq: number, dev_id: unknown): number {
  return nic_interrupt(dev_id, sky2_tx_complete);
}

function sky2_setup(dev: net_device): void {
  netdev_priv<sky2_port>(dev).isr = sky2_intr;
  dev.hard_start_xmit = sky2_xmit_frame;
  dev.ethtool_ops = { ...labnic_ethtool_ops, set_ringparam: sky2_set_ringparam };
}

const sky2_driver = labnic_driver({ name: "sky2", priv: sky2_port, setup: sky2_setup });
module_init(() => pci_register_driver(sky2_driver));
module_exit(() => pci_unregister_driver(sky2_driver));
