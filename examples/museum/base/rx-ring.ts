/*
 * A driver that keeps its receive ring as Intel's do: packets are taken out first, then slots get new buffers, and one slot
 * always stays unused. What is done with the buffer of a slot is the exhibit's. There is neither recovery from a hung card
 * nor suspend: they are another story.
 */
import { le32_to_cpu } from "asm/byteorder";
import { iowrite32 } from "asm/io";
import { rmb } from "asm/system";
import { ENOMEM } from "linux/errno";
import { eth_type_trans } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { __netif_rx_complete, type net_device, netdev_priv, netif_receive_skb } from "linux/netdevice";
import type { pci_driver } from "linux/pci";
import { type sk_buff, skb_put } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { labnic, RING_SIZE } from "../../labnic/card.ts";
import { labnic_set_mask } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_alloc_descriptors, labnic_free_rings, labnic_give_rx, next } from "../../labnic/rings.ts";
import { nic_quiesce, nic_start } from "./nic.ts";

export class rx_adapter extends labnic {
  /** The first slot that is not the card's. */
  next_to_use = 0;
}

/** What a driver does with the buffer of slot `i`: `rx.skb[i]`, mapped at `rx.map[i]`. */
export interface rx_buffers {
  /** Makes it ready for the card. @returns false if there is no memory */
  alloc(p: rx_adapter, i: number): boolean;
  /** Takes a packet of `len` bytes out. @returns it, or null if it is dropped */
  take(p: rx_adapter, i: number, len: number): sk_buff | null;
  /** Frees what is there, when the interface is closed. */
  clean(p: rx_adapter, i: number): void;
}

/* Gives the card all slots but one. */
function alloc_rx_buffers(p: rx_adapter, buffers: rx_buffers): void {
  for (let i = p.next_to_use; next(i) !== p.cur; i = next(i)) {
    if (!buffers.alloc(p, i)) return;
    labnic_give_rx(p, i);
    p.next_to_use = next(i);
    iowrite32(p.next_to_use, p.regs + regs.RX_TAIL);
  }
}

function receive(dev: net_device, skb: sk_buff, len: number): void {
  skb_put(skb, len);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  dev.last_rx = jiffies;
  netif_receive_skb(skb);
}

function clean_rx_irq(dev: net_device, buffers: rx_buffers, limit: number): number {
  const p = netdev_priv<rx_adapter>(dev);
  let n = 0;
  for (; n < limit && p.cur !== p.next_to_use; n++) {
    const i = p.cur;
    const d = p.rx.d![i]!;
    if (le32_to_cpu(d.status) & regs.OWN) break;
    rmb();
    const len = le32_to_cpu(d.reserved) & 0xffff;
    p.cur = next(i);
    const skb = buffers.take(p, i, len);
    if (skb !== null) receive(dev, skb, len);
  }
  alloc_rx_buffers(p, buffers);
  return n;
}

function poll(dev: net_device, buffers: rx_buffers, budget: { v: number }): number {
  const p = netdev_priv<rx_adapter>(dev);
  const limit = Math.min(dev.quota, budget.v);
  const work_done = clean_rx_irq(dev, buffers, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(p, p.mask | regs.RX_EVENTS);
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

function free_rings(p: rx_adapter, buffers: rx_buffers): void {
  for (let i = 0; i < RING_SIZE; i++) buffers.clean(p, i);
  labnic_free_rings(p);
}

function open(dev: net_device, buffers: rx_buffers): number {
  const p = netdev_priv<rx_adapter>(dev);
  let err = -ENOMEM;
  p.prod = p.cons = p.cur = p.next_to_use = 0;
  if (labnic_alloc_descriptors(p)) {
    alloc_rx_buffers(p, buffers);
    if (next(p.next_to_use) === p.cur) err = nic_start(dev);
  }
  if (err) free_rings(p, buffers);
  return err;
}

function stop(dev: net_device, buffers: rx_buffers): number {
  nic_quiesce(dev);
  free_rings(netdev_priv<rx_adapter>(dev), buffers);
  return 0;
}

export function rx_ring_driver(name: string, buffers: rx_buffers): pci_driver {
  const driver = labnic_driver({
    name,
    priv: rx_adapter,
    setup(dev) {
      dev.open = (dev) => open(dev, buffers);
      dev.stop = (dev) => stop(dev, buffers);
      dev.poll = (dev, budget) => poll(dev, buffers, budget);
      dev.tx_timeout = null;
    },
  });
  driver.suspend = driver.resume = null;
  return driver;
}
