/*
 * tg3, 2006, before commit 1b2a720506cc: transmitting and reclaiming without a lock, and without a barrier between the new
 * index of the consumer and its look at the queue's state. Where a processor's stores are seen in the order of the
 * program nothing is lost: either the producer sees the room, or the consumer sees the stopped queue. Only weak ordering
 * shows what is missing here.
 */
// @lab workload=../workloads/bursts.ts
// @expect none
import { le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { rmb } from "asm/system";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_rx_schedule_prep,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import {
  PCI_DMA_TODEVICE,
  pci_map_single,
  pci_register_driver,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx, labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_avail, labnic_give_tx, next } from "../../labnic/rings.ts";

const TG3_TX_WAKEUP_THRESH = 2;

class tg3 extends labnic {
  tx_lock = new spinlock_t();
}

/* The only producer: xmit_lock is held. */
function tg3_start_xmit(skb: sk_buff, dev: net_device): number {
  const tp = netdev_priv<tg3>(dev);
  if (!labnic_avail(tp)) {
    netif_stop_queue(dev);
    return NETDEV_TX_BUSY;
  }
  labnic_give_tx(tp, tp.prod, skb, pci_map_single(tp.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE));
  tp.prod = next(tp.prod);
  iowrite32(tp.prod, tp.regs + regs.TX_TAIL);
  if (!labnic_avail(tp)) {
    spin_lock(tp.tx_lock);
    netif_stop_queue(dev);
    if (labnic_avail(tp) > TG3_TX_WAKEUP_THRESH) netif_wake_queue(dev);
    spin_unlock(tp.tx_lock);
  }
  mmiowb();
  dev.trans_start = jiffies;
  return NETDEV_TX_OK;
}

/* The only consumer: poll. */
function tg3_tx(dev: net_device, tp: tg3): void {
  let sw_idx = tp.cons;
  while (sw_idx !== tp.prod && !(le32_to_cpu(tp.tx.d![sw_idx]!.status) & regs.OWN)) {
    rmb();
    const skb = tp.tx.skb[sw_idx]!;
    pci_unmap_single(tp.pdev!, tp.tx.map[sw_idx]!, skb.len, PCI_DMA_TODEVICE);
    tp.tx.skb[sw_idx] = null;
    dev_kfree_skb(skb);
    sw_idx = next(sw_idx);
  }
  tp.cons = sw_idx; // no barrier between this and the test
  if (netif_queue_stopped(dev)) {
    spin_lock(tp.tx_lock);
    if (netif_running(dev) && labnic_avail(tp) > TG3_TX_WAKEUP_THRESH) netif_wake_queue(dev);
    spin_unlock(tp.tx_lock);
  }
}

/* All that the card has to say is left to poll, and masked until poll is done. */
function tg3_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const tp = netdev_priv<tg3>(dev);
  spin_lock(tp.lock);
  const status = ioread32(tp.regs + regs.ISR);
  const mine = status !== regs.GONE && status & tp.mask;
  if (mine) {
    const claimed = netif_rx_schedule_prep(dev);
    labnic_set_mask(tp, 0);
    if (claimed) __netif_rx_schedule(dev);
  }
  spin_unlock(tp.lock);
  return mine ? IRQ_HANDLED : IRQ_NONE;
}

function tg3_poll(dev: net_device, budget: { v: number }): number {
  const tp = netdev_priv<tg3>(dev);
  let flags = spin_lock_irqsave(tp.lock);
  const status = ioread32(tp.regs + regs.ISR);
  iowrite32(status, tp.regs + regs.ISR);
  if (status & regs.LINK_CHANGE) labnic_check_link(dev, tp);
  spin_unlock_irqrestore(tp.lock, flags);

  tg3_tx(dev, tp);
  const limit = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;
  flags = spin_lock_irqsave(tp.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(tp, regs.ALL_EVENTS);
  spin_unlock_irqrestore(tp.lock, flags);
  return 0;
}

function tg3_setup(dev: net_device): void {
  const tp = netdev_priv<tg3>(dev);
  spin_lock_init(tp.tx_lock);
  tp.isr = tg3_interrupt;
  dev.hard_start_xmit = tg3_start_xmit;
  dev.poll = tg3_poll;
}

const tg3_driver = labnic_driver({ name: "tg3", priv: tg3, setup: tg3_setup });
module_init(() => pci_register_driver(tg3_driver));
module_exit(() => pci_unregister_driver(tg3_driver));
