/**
 * A driver of the card that only receives, by polling; what it is to send it drops. Handler and poll are right for lines and
 * for messages; the little drivers of this folder exchange what they do otherwise.
 */
import { cpu_to_le16, cpu_to_le32, le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32 } from "asm/io";
import { rmb, wmb } from "asm/system";
import { udelay } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_device_attach,
  netif_device_detach,
  netif_poll_disable,
  netif_poll_enable,
  netif_receive_skb,
  netif_running,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import {
  PCI_DMA_FROMDEVICE,
  pci_alloc_consistent,
  type pci_dev,
  pci_dma_mapping_error,
  pci_free_consistent,
  pci_get_drvdata,
  pci_map_single,
  pci_set_master,
  pci_unmap_single,
} from "linux/pci";
import { dev_alloc_skb, dev_kfree_skb_any, type sk_buff, skb_put } from "linux/skbuff";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import {
  ALLMULTI,
  CTRL,
  desc,
  ERROR,
  GONE,
  IMR,
  ISR,
  MAC_HI,
  MAC_LO,
  OWN,
  RESET,
  RX_ACTIVE,
  RX_BASE,
  RX_COUNT,
  RX_EN,
  RX_EVENTS,
  RX_TAIL,
  STATUS,
} from "../../../examples/labnic/regs.ts";
import {
  type link_driver,
  link_module,
  link_priv,
  link_request,
  link_sleep,
  link_wake,
} from "./link-card.ts";

export const SLOTS = 8;
export const BUFFER = 1536;

const make_ring = (pdev: pci_dev) => pci_alloc_consistent(pdev, desc, SLOTS);

export class napi_priv extends link_priv {
  ring: ReturnType<typeof make_ring>["cpu"] = null;
  dma = 0;
  skb: (sk_buff | null)[] = [];
  map: number[] = [];
  /** Next slot to look at: poll's own. */
  cur = 0;
  /** What IMR holds, under lock. */
  mask = 0;
  /** Bits of CTRL while the card is up. */
  ctrl = RX_EN | ALLMULTI;
}

/** A buffer for slot `i`; false if there is no memory. */
export function napi_fill(p: napi_priv, i: number): boolean {
  const skb = dev_alloc_skb(BUFFER);
  if (!skb) return false;
  const map = pci_map_single(p.pdev!, skb.data, BUFFER, PCI_DMA_FROMDEVICE);
  if (pci_dma_mapping_error(map)) {
    dev_kfree_skb_any(skb);
    return false;
  }
  p.skb[i] = skb;
  p.map[i] = map;
  return true;
}

/** Slot `i` is the card's from here on. */
export function napi_give(p: napi_priv, i: number): void {
  const d = p.ring![i]!;
  d.addr = cpu_to_le32(p.map[i]!);
  d.len = cpu_to_le16(BUFFER);
  wmb();
  d.status = cpu_to_le32(OWN);
}

export function napi_drop_ring(p: napi_priv): void {
  for (let i = 0; i < SLOTS; i++) {
    const skb = p.skb[i];
    p.skb[i] = null;
    if (!skb) continue;
    pci_unmap_single(p.pdev!, p.map[i]!, BUFFER, PCI_DMA_FROMDEVICE);
    dev_kfree_skb_any(skb);
  }
  if (p.ring) pci_free_consistent(p.pdev!, p.ring, p.dma);
  p.ring = null;
}

function take_ring(p: napi_priv): number {
  const { cpu, dma } = make_ring(p.pdev!);
  p.ring = cpu;
  p.dma = dma;
  p.cur = 0;
  for (let i = 0; i < SLOTS; i++) {
    if (cpu && napi_fill(p, i)) {
      napi_give(p, i);
      continue;
    }
    napi_drop_ring(p);
    return -ENOMEM;
  }
  return 0;
}

/** Tells the card its address and its ring, fresh from a reset. */
function program(dev: net_device, p: napi_priv): void {
  const { io } = p;
  iowrite32(RESET, io + CTRL);
  for (let i = 0; i < 50 && ioread32(io + CTRL) & RESET; i++) udelay(1);
  const mac = dev.dev_addr;
  iowrite32(mac[0]! | (mac[1]! << 8) | (mac[2]! << 16) | (mac[3]! << 24), io + MAC_LO);
  iowrite32(mac[4]! | (mac[5]! << 8), io + MAC_HI);
  iowrite32(p.dma, io + RX_BASE);
  iowrite32(SLOTS, io + RX_COUNT);
  iowrite32(SLOTS - 1, io + RX_TAIL);
}

/** Has the card interrupt for `mask`. Lock held. */
export function napi_set_mask(p: napi_priv, mask: number): void {
  p.mask = mask;
  iowrite32(mask, p.io + IMR);
}

export function napi_go(p: napi_priv): void {
  const flags = spin_lock_irqsave(p.lock);
  iowrite32(p.ctrl, p.io + CTRL);
  napi_set_mask(p, RX_EVENTS);
  spin_unlock_irqrestore(p.lock, flags);
}

export function napi_halt(p: napi_priv): void {
  const flags = spin_lock_irqsave(p.lock);
  napi_set_mask(p, 0);
  spin_unlock_irqrestore(p.lock, flags);
  iowrite32(0, p.io + CTRL);
  for (let i = 0; i < 500; i++) {
    const status = ioread32(p.io + STATUS);
    if (status === GONE || !(status & RX_ACTIVE)) return;
    udelay(1);
  }
}

function come_up(dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  let err = take_ring(p);
  if (err) return err;
  program(dev, p);
  err = link_request(dev);
  if (err) napi_drop_ring(p);
  else napi_go(p);
  return err;
}

function go_down(dev: net_device): void {
  const p = netdev_priv<napi_priv>(dev);
  napi_halt(p);
  free_irq(p.pdev!.irq, dev);
  napi_drop_ring(p);
}

export function napi_open(dev: net_device): number {
  const err = come_up(dev);
  if (!err) netif_start_queue(dev);
  return err;
}

export function napi_stop(dev: net_device): number {
  netif_stop_queue(dev);
  go_down(dev);
  return 0;
}

/** Takes the frame out of slot `i`, or leaves it there to be overwritten. */
function receive(dev: net_device, p: napi_priv, i: number, status: number): void {
  const skb = p.skb[i]!;
  const map = p.map[i]!;
  const len = le32_to_cpu(p.ring![i]!.reserved) & 0xffff;
  if (status & ERROR || len > BUFFER) {
    p.stats.rx_errors++;
    return;
  }
  if (!napi_fill(p, i)) {
    p.stats.rx_dropped++;
    return;
  }
  pci_unmap_single(p.pdev!, map, BUFFER, PCI_DMA_FROMDEVICE);
  skb_put(skb, len);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  dev.last_rx = jiffies;
  p.stats.rx_packets++;
  netif_receive_skb(skb);
}

/** A frame waits. */
export function napi_ready(p: napi_priv): boolean {
  return !(le32_to_cpu(p.ring![p.cur]!.status) & OWN);
}

/** Delivers up to `limit` frames. */
export function napi_rx(dev: net_device, limit: number): number {
  const p = netdev_priv<napi_priv>(dev);
  let n = 0;
  for (; n < limit && napi_ready(p); n++) {
    rmb();
    const i = p.cur;
    receive(dev, p, i, le32_to_cpu(p.ring![i]!.status));
    napi_give(p, i);
    p.cur = (i + 1) % SLOTS;
    iowrite32(i, p.io + RX_TAIL);
  }
  return n;
}

/** Only events that are enabled are acknowledged; a message comes once, so what is left is looked at again. */
export function napi_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  for (;;) {
    const raw = ioread32(p.io + ISR);
    const status = raw & p.mask;
    if (raw === GONE || !status) break;
    handled = IRQ_HANDLED;
    iowrite32(status, p.io + ISR);
    if (netif_rx_schedule_prep(dev)) {
      napi_set_mask(p, 0);
      __netif_rx_schedule(dev);
    }
  }
  spin_unlock(p.lock);
  return handled;
}

/** Completes and unmasks in one step. */
export function napi_done(dev: net_device): void {
  const p = netdev_priv<napi_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  napi_set_mask(p, RX_EVENTS);
  spin_unlock_irqrestore(p.lock, flags);
}

export function napi_poll(dev: net_device, budget: { v: number }): number {
  const limit = Math.min(budget.v, dev.quota);
  const n = napi_rx(dev, limit);
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  napi_done(dev);
  return 0;
}

function napi_suspend(pdev: pci_dev, state: number): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  netif_device_detach(dev);
  if (netif_running(dev)) {
    netif_poll_disable(dev);
    go_down(dev);
  }
  link_sleep(pdev, state);
  return 0;
}

function napi_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  const err = link_wake(pdev);
  if (err) return err;
  pci_set_master(pdev);
  if (netif_running(dev)) {
    netif_poll_enable(dev);
    const failed = come_up(dev);
    if (failed) return failed;
  }
  netif_device_attach(dev);
  return 0;
}

/** Makes a module that drives such cards. */
export function napi_module(driver: link_driver = {}): void {
  link_module({
    priv: napi_priv,
    interrupt: napi_interrupt,
    suspend: napi_suspend,
    resume: napi_resume,
    ...driver,
    setup: (dev) => {
      pci_set_master(netdev_priv<napi_priv>(dev).pdev!);
      driver.setup?.(dev);
    },
    callbacks: { open: napi_open, stop: napi_stop, poll: napi_poll, weight: 16, ...driver.callbacks },
  });
}
