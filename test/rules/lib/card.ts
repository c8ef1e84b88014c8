/**
 * A small driver of the lab's card without NAPI: everything as it should be. The little drivers of this folder exchange the
 * part that they get wrong.
 */
import { cpu_to_le16, cpu_to_le32, le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { rmb, wmb } from "asm/system";
import { udelay } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import {
  PCI_DEVICE,
  PCI_DMA_FROMDEVICE,
  PCI_DMA_TODEVICE,
  pci_alloc_consistent,
  type pci_dev,
  pci_disable_device,
  pci_dma_mapping_error,
  pci_enable_device,
  pci_free_consistent,
  pci_get_drvdata,
  pci_iomap,
  pci_iounmap,
  pci_map_single,
  pci_register_driver,
  pci_release_regions,
  pci_request_regions,
  pci_set_drvdata,
  pci_set_master,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { dev_alloc_skb, dev_kfree_skb_any, type sk_buff, skb_put } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { __le16, __le32, struct } from "linux/types";

export const CTRL = 0x00;
export const STATUS = 0x04;
export const ISR = 0x08;
export const IMR = 0x0c;
export const TX_BASE = 0x10;
export const TX_COUNT = 0x14;
export const TX_TAIL = 0x18;
export const RX_BASE = 0x20;
export const RX_COUNT = 0x24;
export const RX_TAIL = 0x28;
export const RESET = 1;
export const TX_EN = 2;
export const RX_EN = 4;
export const ACTIVE = 6;
export const EVENTS = 0x1b;
export const TX_EVENTS = 0x11;
export const EOP_IRQ = 3;
export const OWN = 0x80000000;

export const RING = 8;
export const BUF = 1536;

export const desc = struct({ addr: __le32, len: __le16, flags: __le16, status: __le32, reserved: __le32 });
const new_ring = (pdev: pci_dev) => pci_alloc_consistent(pdev, desc, RING);
type descriptors = NonNullable<ReturnType<typeof new_ring>["cpu"]>;

export class card_ring {
  d: descriptors | null = null;
  dma = 0;
  skb: (sk_buff | null)[] = Array.from({ length: RING }, () => null);
  map: number[] = Array.from({ length: RING }, () => 0);
}

export class card_priv {
  pdev: pci_dev | null = null;
  regs = 0;
  lock = new spinlock_t();
  up = false;
  tx = new card_ring();
  prod = 0;
  cons = 0;
  rx = new card_ring();
  cur = 0;
  stats = new net_device_stats();
}

export const next = (i: number): number => (i + 1) % RING;
export const room = (p: card_priv): number => RING - 1 - ((p.prod - p.cons + RING) % RING);

/** The parts that a little driver may exchange; see the functions of the same name below. */
export interface card_parts {
  alloc_rings: (p: card_priv) => number;
  free_rings: (p: card_priv) => void;
  refill: (p: card_priv, i: number) => boolean;
  give_rx: (p: card_priv, i: number) => void;
  queue: (skb: sk_buff, p: card_priv) => boolean;
  give_tx: (p: card_priv, i: number, skb: sk_buff, map: number) => void;
  kick: (p: card_priv) => void;
  done_tx: (p: card_priv, i: number, skb: sk_buff) => void;
  receive: (dev: net_device, p: card_priv, i: number, len: number) => void;
  reset: (p: card_priv) => void;
  quiet: (p: card_priv) => void;
  interrupt: (irq: number, dev_id: unknown) => number;
  xmit: (skb: sk_buff, dev: net_device) => number;
  stop: (dev: net_device) => number;
  get_stats: (dev: net_device) => net_device_stats;
  remove: (pdev: pci_dev) => void;
}

let parts: card_parts;

/** Both rings, buffers in the second. @returns 0 or -ENOMEM, then nothing is left */
export function alloc_rings(p: card_priv): number {
  for (const ring of [p.tx, p.rx]) {
    const { cpu, dma } = new_ring(p.pdev!);
    ring.d = cpu;
    ring.dma = dma;
  }
  p.prod = 0;
  p.cons = 0;
  p.cur = 0;
  if (p.tx.d === null || p.rx.d === null) {
    parts.free_rings(p);
    return -ENOMEM;
  }
  for (let i = 0; i < RING; i++) {
    if (!parts.refill(p, i)) {
      parts.free_rings(p);
      return -ENOMEM;
    }
    parts.give_rx(p, i);
  }
  return 0;
}

/** Frees the rings and what is in them. The card is quiet. */
export function free_rings(p: card_priv): void {
  for (let i = 0; i < RING; i++) {
    const sent = p.tx.skb[i];
    if (sent) parts.done_tx(p, i, sent);
    const buffer = p.rx.skb[i];
    if (!buffer) continue;
    pci_unmap_single(p.pdev!, p.rx.map[i]!, BUF, PCI_DMA_FROMDEVICE);
    p.rx.skb[i] = null;
    dev_kfree_skb_any(buffer);
  }
  for (const ring of [p.tx, p.rx]) {
    if (ring.d !== null) pci_free_consistent(p.pdev!, ring.d, ring.dma);
    ring.d = null;
  }
}

/** A new buffer in slot `i`. @returns false if there is none, then the slot is as it was */
export function refill(p: card_priv, i: number): boolean {
  const skb = dev_alloc_skb(BUF);
  if (skb === null) return false;
  const map = pci_map_single(p.pdev!, skb.data, BUF, PCI_DMA_FROMDEVICE);
  if (pci_dma_mapping_error(map)) {
    dev_kfree_skb_any(skb);
    return false;
  }
  p.rx.skb[i] = skb;
  p.rx.map[i] = map;
  return true;
}

/** Gives slot `i` with its buffer to the card. */
export function give_rx(p: card_priv, i: number): void {
  const d = p.rx.d![i]!;
  d.addr = cpu_to_le32(p.rx.map[i]!);
  d.len = cpu_to_le16(BUF);
  d.reserved = 0;
  wmb();
  d.status = cpu_to_le32(OWN);
  wmb();
}

/** Maps a packet and puts it into the ring. @returns false if it cannot be mapped. Lock held, there is room. */
export function queue(skb: sk_buff, p: card_priv): boolean {
  const map = pci_map_single(p.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  p.tx.skb[p.prod] = skb;
  p.tx.map[p.prod] = map;
  parts.give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  parts.kick(p);
  return true;
}

/** Gives a packet to the card. */
export function give_tx(p: card_priv, i: number, skb: sk_buff, map: number): void {
  const d = p.tx.d![i]!;
  d.addr = cpu_to_le32(map);
  d.len = cpu_to_le16(skb.len);
  d.flags = cpu_to_le16(EOP_IRQ);
  wmb();
  d.status = cpu_to_le32(OWN);
  wmb();
}

/** Rings the doorbell. */
export function kick(p: card_priv): void {
  iowrite32(p.prod, p.regs + TX_TAIL);
}

/** A packet that the card has sent, or never will. */
export function done_tx(p: card_priv, i: number, skb: sk_buff): void {
  pci_unmap_single(p.pdev!, p.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
}

/** The frame in slot `i` goes up if there is a new buffer for the slot. */
export function receive(dev: net_device, p: card_priv, i: number, len: number): void {
  const skb = p.rx.skb[i]!;
  const map = p.rx.map[i]!;
  if (!parts.refill(p, i)) {
    p.stats.rx_dropped++;
    return;
  }
  pci_unmap_single(p.pdev!, map, BUF, PCI_DMA_FROMDEVICE);
  skb_put(skb, len);
  deliver(dev, p, skb);
}

export function deliver(dev: net_device, p: card_priv, skb: sk_buff): void {
  p.stats.rx_packets++;
  p.stats.rx_bytes += skb.len;
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  dev.last_rx = jiffies;
  netif_rx(skb);
}

/** The card forgets everything. */
export function reset(p: card_priv): void {
  iowrite32(RESET, p.regs + CTRL);
  for (let i = 0; i < 100 && ioread32(p.regs + CTRL) & RESET; i++) udelay(1);
}

/** The card moves nothing and says nothing any more. */
export function quiet(p: card_priv): void {
  iowrite32(0, p.regs + IMR);
  iowrite32(0, p.regs + CTRL);
  for (let i = 0; i < 1000 && ioread32(p.regs + STATUS) & ACTIVE; i++) udelay(1);
}

/** Lock held. */
export function clean_tx(dev: net_device, p: card_priv): void {
  while (p.cons !== p.prod) {
    const i = p.cons;
    if (le32_to_cpu(p.tx.d![i]!.status) & OWN) break;
    const skb = p.tx.skb[i]!;
    p.stats.tx_packets++;
    p.stats.tx_bytes += skb.len;
    parts.done_tx(p, i, skb);
    p.cons = next(i);
  }
  if (netif_running(dev) && netif_queue_stopped(dev) && room(p) > 0) netif_wake_queue(dev);
}

/** Lock held. */
export function clean_rx(dev: net_device, p: card_priv): void {
  for (;;) {
    const i = p.cur;
    const d = p.rx.d![i]!;
    if (le32_to_cpu(d.status) & OWN) return;
    rmb();
    parts.receive(dev, p, i, le32_to_cpu(d.reserved) & 0xffff);
    parts.give_rx(p, i);
    p.cur = next(i);
    iowrite32(i, p.regs + RX_TAIL);
  }
}

export function interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<card_priv>(dev);
  spin_lock(p.lock);
  const status = p.up ? ioread32(p.regs + ISR) & EVENTS : 0;
  if (status) {
    iowrite32(status, p.regs + ISR);
    clean_tx(dev, p);
    clean_rx(dev, p);
    mmiowb();
  }
  spin_unlock(p.lock);
  return status ? IRQ_HANDLED : IRQ_NONE;
}

export function xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<card_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = parts.queue(skb, p);
  dev.trans_start = jiffies;
  if (room(p) === 0) netif_stop_queue(dev);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

export function open(dev: net_device): number {
  const p = netdev_priv<card_priv>(dev);
  const failed = parts.alloc_rings(p);
  if (failed) return failed;
  parts.reset(p);
  iowrite32(p.tx.dma, p.regs + TX_BASE);
  iowrite32(RING, p.regs + TX_COUNT);
  iowrite32(p.rx.dma, p.regs + RX_BASE);
  iowrite32(RING, p.regs + RX_COUNT);
  iowrite32(RING - 1, p.regs + RX_TAIL);
  const err = request_irq(p.pdev!.irq, parts.interrupt, SA_SHIRQ, dev.name, dev);
  if (err) {
    parts.free_rings(p);
    return err;
  }
  netif_start_queue(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.up = true;
  iowrite32(TX_EN | RX_EN, p.regs + CTRL);
  iowrite32(EVENTS, p.regs + IMR);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

export function stop(dev: net_device): number {
  const p = netdev_priv<card_priv>(dev);
  netif_stop_queue(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.up = false;
  parts.quiet(p);
  spin_unlock_irqrestore(p.lock, flags);
  free_irq(p.pdev!.irq, dev);
  parts.free_rings(p);
  return 0;
}

export function get_stats(dev: net_device): net_device_stats {
  return netdev_priv<card_priv>(dev).stats;
}

function probe(pdev: pci_dev): number {
  let err = pci_enable_device(pdev);
  if (err) return err;
  pci_set_master(pdev);
  err = pci_request_regions(pdev, "card");
  if (err) {
    pci_disable_device(pdev);
    return err;
  }
  const dev = alloc_etherdev(card_priv);
  if (dev !== null) {
    const p = netdev_priv<card_priv>(dev);
    p.pdev = pdev;
    p.regs = pci_iomap(pdev, 0, 0);
    spin_lock_init(p.lock);
    iowrite32(0, p.regs + IMR);
    dev.dev_addr.set([0x02, 0x4c, 0x41, 0, 0, 0]);
    dev.irq = pdev.irq;
    dev.open = open;
    dev.stop = parts.stop;
    dev.hard_start_xmit = parts.xmit;
    dev.get_stats = parts.get_stats;
    pci_set_drvdata(pdev, dev);
    err = register_netdev(dev);
    if (!err) return 0;
    pci_set_drvdata(pdev, null);
    pci_iounmap(pdev, p.regs);
    free_netdev(dev);
  }
  pci_release_regions(pdev);
  pci_disable_device(pdev);
  return err || -ENOMEM;
}

export function remove(pdev: pci_dev): void {
  const dev = pci_get_drvdata(pdev) as net_device;
  unregister_netdev(dev);
  pci_iounmap(pdev, netdev_priv<card_priv>(dev).regs);
  pci_release_regions(pdev);
  pci_disable_device(pdev);
  pci_set_drvdata(pdev, null);
  free_netdev(dev);
}

/** Makes a module of one such driver. */
export function card_driver(own: Partial<card_parts> = {}): void {
  parts = {
    alloc_rings,
    free_rings,
    refill,
    give_rx,
    queue,
    give_tx,
    kick,
    done_tx,
    receive,
    reset,
    quiet,
    interrupt,
    xmit,
    stop,
    get_stats,
    remove,
    ...own,
  };
  const driver = {
    name: "card",
    id_table: [PCI_DEVICE(0x4c41, 0x424e)],
    probe,
    remove: (pdev: pci_dev) => parts.remove(pdev),
  };
  module_init(() => pci_register_driver(driver));
  module_exit(() => pci_unregister_driver(driver));
}
