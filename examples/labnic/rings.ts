/* The rings: memory that driver and card share. */
import { cpu_to_le16, cpu_to_le32, le32_to_cpu } from "asm/byteorder";
import { rmb, wmb } from "asm/system";
import { ENOMEM } from "linux/errno";
import {
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_wake_queue,
} from "linux/netdevice";
import {
  PCI_DMA_FROMDEVICE,
  PCI_DMA_TODEVICE,
  pci_dma_mapping_error,
  pci_free_consistent,
  pci_map_single,
  pci_unmap_single,
} from "linux/pci";
import { dev_alloc_skb, dev_kfree_skb_any, dev_kfree_skb_irq, type sk_buff, skb_reserve } from "linux/skbuff";
import { type labnic, type labnic_ring, new_ring, RING_SIZE } from "./card.ts";
import * as regs from "./regs.ts";

/** Bytes of a receive buffer: a frame with a VLAN tag, rounded up. */
export const BUF_SIZE = 1536;
const NET_IP_ALIGN = 2;

export const next = (i: number): number => (i + 1) % RING_SIZE;

/** Transmit descriptors that are free; one stays empty, so that full and empty differ. */
export const labnic_avail = (p: labnic): number =>
  RING_SIZE - 1 - ((p.prod - p.cons + RING_SIZE) % RING_SIZE);

/** Allocates both rings and fills the receive ring. @returns 0 or -ENOMEM, then nothing is left @context may sleep */
export function labnic_alloc_rings(p: labnic): number {
  if (labnic_alloc_descriptors(p) && labnic_fill_rx_ring(p)) {
    labnic_reset_rings(p);
    return 0;
  }
  labnic_free_rings(p);
  return -ENOMEM;
}

/** Allocates the descriptors of both rings. @returns false if there is no memory for one of them @context may sleep */
export function labnic_alloc_descriptors(p: labnic): boolean {
  for (const ring of [p.tx, p.rx]) {
    const { cpu, dma } = new_ring(p.pdev!);
    ring.d = cpu;
    ring.dma = dma;
    for (let i = 0; i < RING_SIZE; i++) ring.skb[i] = null;
  }
  return p.tx.d !== null && p.rx.d !== null;
}

/** Gives each slot a buffer. @returns false if there is no memory */
export function labnic_fill_rx_ring(p: labnic): boolean {
  for (let i = 0; i < RING_SIZE; i++) if (!labnic_refill(p, i)) return false;
  return true;
}

/** Makes both rings what they are after a reset: nothing to send, all buffers the card's. @context card idle, p.lock or alone */
export function labnic_reset_rings(p: labnic): void {
  p.prod = 0;
  p.cons = 0;
  p.cur = 0;
  for (let i = 0; i < RING_SIZE; i++) {
    p.tx.d![i]!.status = 0;
    labnic_give_rx(p, i);
  }
}

/** A new buffer for slot `i`. @returns false if there is no memory, then the slot is as it was */
export function labnic_refill(p: labnic, i: number): boolean {
  const skb = dev_alloc_skb(BUF_SIZE + NET_IP_ALIGN);
  if (skb === null) return false;
  skb_reserve(skb, NET_IP_ALIGN);
  const map = pci_map_single(p.pdev!, skb.data, BUF_SIZE, PCI_DMA_FROMDEVICE);
  if (pci_dma_mapping_error(map)) {
    dev_kfree_skb_any(skb);
    return false;
  }
  p.rx.skb[i] = skb;
  p.rx.map[i] = map;
  return true;
}

/** Hands slot `i` with its buffer to the card: OWN comes last, and before the doorbell. */
export function labnic_give_rx(p: labnic, i: number): void {
  const d = p.rx.d![i]!;
  d.addr = cpu_to_le32(p.rx.map[i]!);
  d.len = cpu_to_le16(BUF_SIZE);
  d.reserved = 0;
  wmb();
  d.status = cpu_to_le32(regs.OWN);
  wmb();
}

/** Hands a mapped packet to the card in slot `i`: OWN comes last, and before the doorbell. */
export function labnic_give_tx(p: labnic, i: number, skb: sk_buff, map: number): void {
  const d = p.tx.d![i]!;
  p.tx.skb[i] = skb;
  p.tx.map[i] = map;
  d.addr = cpu_to_le32(map);
  d.len = cpu_to_le16(skb.len);
  d.flags = cpu_to_le16(regs.EOP | regs.IRQ);
  wmb();
  d.status = cpu_to_le32(regs.OWN);
  wmb();
}

/** Takes back what the card has sent. @context p.lock held */
export function labnic_tx_reclaim(p: labnic): void {
  while (p.cons !== p.prod) {
    const i = p.cons;
    const status = le32_to_cpu(p.tx.d![i]!.status);
    if (status & regs.OWN) break;
    rmb();
    const skb = p.tx.skb[i]!;
    pci_unmap_single(p.pdev!, p.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
    if (status & regs.ERROR) p.stats.tx_errors++;
    else {
      p.stats.tx_packets++;
      p.stats.tx_bytes += skb.len;
    }
    p.tx.skb[i] = null;
    dev_kfree_skb_irq(skb);
    p.cons = next(i);
  }
}

/** Takes back what the card has sent, and wakes the queue if there is room again. @context p.lock held */
export function labnic_tx_clean(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  labnic_tx_reclaim(p);
  if (netif_running(dev) && netif_queue_stopped(dev) && labnic_avail(p) > 2) netif_wake_queue(dev);
}

function labnic_drop(p: labnic, ring: labnic_ring, i: number, size: number, direction: number): void {
  const skb = ring.skb[i];
  if (!skb) return;
  pci_unmap_single(p.pdev!, ring.map[i]!, size, direction);
  ring.skb[i] = null;
  dev_kfree_skb_any(skb);
}

/** Frees what was to be sent. @context the card is idle */
export function labnic_free_tx(p: labnic): void {
  for (let i = 0; i < RING_SIZE; i++) labnic_drop(p, p.tx, i, p.tx.skb[i]?.len ?? 0, PCI_DMA_TODEVICE);
}

/** Frees both rings and all that is in them. @context process, the card is idle */
export function labnic_free_rings(p: labnic): void {
  labnic_free_tx(p);
  for (let i = 0; i < RING_SIZE; i++) labnic_drop(p, p.rx, i, BUF_SIZE, PCI_DMA_FROMDEVICE);
  for (const ring of [p.tx, p.rx]) {
    if (ring.d !== null) pci_free_consistent(p.pdev!, ring.d, ring.dma);
    ring.d = null;
  }
}
