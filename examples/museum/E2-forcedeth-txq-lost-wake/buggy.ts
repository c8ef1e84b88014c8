/*
 * forcedeth, 2009: the free slots are counted outside the lock, the queue is stopped inside.
 *
 * nv_start_xmit() counted the empty slots, and if there were none it took the lock, set tx_stop, stopped the queue and
 * returned NETDEV_TX_BUSY. In between the interrupt handler may have taken back all packets: it finds tx_stop clear and
 * wakes nobody. Then the queue is stopped although the ring is empty. No packet is under way, so no interrupt will come:
 * the interface is silent until the watchdog barks.
 * Mended by counting under the lock (re-tells commit 001eb84bbf72).
 */
// @lab workload=../workloads/bursts.ts
// @expect txq-lost-wake lock-check-then-act ?txq-stall ?txq-busy
import { iowrite32, mmiowb } from "asm/io";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import {
  PCI_DMA_TODEVICE,
  pci_dma_mapping_error,
  pci_map_single,
  pci_register_driver,
  pci_unregister_driver,
} from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { labnic, RING_SIZE } from "../../labnic/card.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_avail, labnic_give_tx, labnic_tx_reclaim, next } from "../../labnic/rings.ts";
import { nic_interrupt } from "../base/nic.ts";

class fe_priv extends labnic {
  /** The queue waits for room. */
  tx_stop = false;
}

/** Packets that may wait in the ring: few, so that it is full soon. */
const TX_LIMIT = 2;

function nv_get_empty_tx_slots(np: fe_priv): number {
  return TX_LIMIT - (RING_SIZE - 1 - labnic_avail(np));
}

/* Caller holds the lock. */
function nv_tx_done(dev: net_device, p: labnic): void {
  const np = p as fe_priv;
  labnic_tx_reclaim(np);
  if (np.tx_stop && nv_get_empty_tx_slots(np) > 0 && netif_running(dev)) {
    np.tx_stop = false;
    netif_wake_queue(dev);
  }
}

/* Caller holds the lock, and there is a slot. */
function nv_queue(skb: sk_buff, dev: net_device, np: fe_priv): boolean {
  const map = pci_map_single(np.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  labnic_give_tx(np, np.prod, skb, map);
  np.prod = next(np.prod);
  iowrite32(np.prod, np.regs + regs.TX_TAIL);
  mmiowb();
  dev.trans_start = jiffies;
  return true;
}

function nv_start_xmit(skb: sk_buff, dev: net_device): number {
  const np = netdev_priv<fe_priv>(dev);
  const empty_slots = nv_get_empty_tx_slots(np); // BUG: true only until the handler runs
  const flags = spin_lock_irqsave(np.lock);
  if (empty_slots === 0) {
    netif_stop_queue(dev);
    np.tx_stop = true;
    spin_unlock_irqrestore(np.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = nv_queue(skb, dev, np);
  spin_unlock_irqrestore(np.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function nv_nic_irq(_irq: number, dev_id: unknown): number {
  return nic_interrupt(dev_id, nv_tx_done);
}

function nv_setup(dev: net_device): void {
  netdev_priv<fe_priv>(dev).isr = nv_nic_irq;
  dev.hard_start_xmit = nv_start_xmit;
  dev.watchdog_timeo = HZ / 10;
}

const forcedeth_driver = labnic_driver({ name: "forcedeth", priv: fe_priv, setup: nv_setup });
module_init(() => pci_register_driver(forcedeth_driver));
module_exit(() => pci_unregister_driver(forcedeth_driver));
