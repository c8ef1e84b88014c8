/*
 * e1000, 2009, after the patch: `count` says whether anything was cleaned. It does the same as before, and netdev-lab is
 * silent about both (re-tells commits 843f42678f6c and a86043c2ad92).
 */
// @lab workload=../workloads/bursts.ts
// @expect none
import { cpu_to_le16, cpu_to_le32, le32_to_cpu } from "asm/byteorder";
import { iowrite32, mmiowb } from "asm/io";
import { rmb, smp_mb, wmb } from "asm/system";
import { ETH_HLEN } from "linux/if_ether";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_carrier_ok,
  netif_queue_stopped,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import {
  PCI_DMA_TODEVICE,
  pci_dma_mapping_error,
  pci_map_single,
  pci_register_driver,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { dev_kfree_skb_any, dev_kfree_skb_irq, type sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { labnic, RING_SIZE } from "../../labnic/card.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_avail, next } from "../../labnic/rings.ts";
import { nic_interrupt } from "../base/nic.ts";

/** Descriptors of a packet: its header and the rest. */
const PER_PACKET = 2;
const TX_WAKE_THRESHOLD = 2 * PER_PACKET;

class e1000_adapter extends labnic {
  /** The last descriptor of the packet that begins here. */
  next_to_watch: number[] = Array(RING_SIZE).fill(0);
}

function e1000_done(adapter: e1000_adapter, eop: number): boolean {
  return (le32_to_cpu(adapter.tx.d![eop]!.status) & regs.DONE) !== 0;
}

/* The packet stands with its last descriptor. */
function e1000_unmap_and_free(adapter: e1000_adapter, i: number): void {
  const skb = adapter.tx.skb[i]!;
  pci_unmap_single(adapter.pdev!, adapter.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
  adapter.stats.tx_packets++;
  adapter.stats.tx_bytes += skb.len;
  adapter.tx.skb[i] = null;
  dev_kfree_skb_irq(skb);
}

/* Caller holds the lock. */
function e1000_clean_tx_irq(dev: net_device, p: labnic): void {
  const adapter = p as e1000_adapter;
  let i = adapter.cons;
  let eop = adapter.next_to_watch[i]!;
  let count = 0;
  while (e1000_done(adapter, eop) && count < RING_SIZE) {
    rmb();
    for (let cleaned = false; !cleaned; count++) {
      cleaned = i === eop;
      if (cleaned) e1000_unmap_and_free(adapter, i);
      adapter.tx.d![i]!.status = 0;
      i = next(i);
    }
    eop = adapter.next_to_watch[i]!;
  }
  adapter.cons = i;
  if (count > 0 && netif_carrier_ok(dev) && labnic_avail(adapter) >= TX_WAKE_THRESHOLD) {
    smp_mb();
    if (netif_queue_stopped(dev) && netif_running(dev)) netif_wake_queue(dev);
  }
}

function e1000_give(adapter: e1000_adapter, i: number, addr: number, len: number, flags: number): void {
  const d = adapter.tx.d![i]!;
  d.addr = cpu_to_le32(addr);
  d.len = cpu_to_le16(len);
  d.flags = cpu_to_le16(flags);
  wmb();
  d.status = cpu_to_le32(regs.OWN);
}

/* Caller holds the lock, and there is room. */
function e1000_tx_queue(skb: sk_buff, dev: net_device, adapter: e1000_adapter): boolean {
  const map = pci_map_single(adapter.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  const first = adapter.prod;
  const last = next(first);
  adapter.next_to_watch[first] = last;
  adapter.tx.skb[last] = skb;
  adapter.tx.map[last] = map;
  e1000_give(adapter, last, map + ETH_HLEN, skb.len - ETH_HLEN, regs.EOP | regs.IRQ);
  e1000_give(adapter, first, map, ETH_HLEN, 0);
  adapter.prod = next(last);
  wmb();
  iowrite32(adapter.prod, adapter.regs + regs.TX_TAIL);
  mmiowb();
  dev.trans_start = jiffies;
  return true;
}

function e1000_xmit_frame(skb: sk_buff, dev: net_device): number {
  const adapter = netdev_priv<e1000_adapter>(dev);
  const flags = spin_lock_irqsave(adapter.lock);
  if (labnic_avail(adapter) < PER_PACKET) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(adapter.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = e1000_tx_queue(skb, dev, adapter);
  if (labnic_avail(adapter) < PER_PACKET) netif_stop_queue(dev);
  spin_unlock_irqrestore(adapter.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function e1000_intr(_irq: number, dev_id: unknown): number {
  return nic_interrupt(dev_id, e1000_clean_tx_irq);
}

function e1000_setup(dev: net_device): void {
  netdev_priv<e1000_adapter>(dev).isr = e1000_intr;
  dev.hard_start_xmit = e1000_xmit_frame;
}

const e1000_driver = labnic_driver({ name: "e1000", priv: e1000_adapter, setup: e1000_setup });
module_init(() => pci_register_driver(e1000_driver));
module_exit(() => pci_unregister_driver(e1000_driver));
