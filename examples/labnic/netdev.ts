/* The interface: open and stop, transmit, interrupt, poll, and what brings a hung card up again. */
import { le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { rmb } from "asm/system";
import { eth_type_trans } from "linux/etherdevice";
import {
  disable_irq,
  enable_irq,
  free_irq,
  IRQ_HANDLED,
  IRQ_NONE,
  request_irq,
  SA_SHIRQ,
  synchronize_irq,
} from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  type net_device_stats,
  netdev_priv,
  netif_carrier_off,
  netif_device_present,
  netif_poll_disable,
  netif_poll_enable,
  netif_receive_skb,
  netif_running,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
  netif_tx_disable,
  netif_wake_queue,
} from "linux/netdevice";
import {
  PCI_DMA_FROMDEVICE,
  PCI_DMA_TODEVICE,
  pci_dma_mapping_error,
  pci_map_single,
  pci_unmap_single,
} from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { dev_kfree_skb_any, type sk_buff, skb_put } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_bh,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irq,
  spin_unlock_irqrestore,
} from "linux/spinlock";
import { del_timer_sync, mod_timer } from "linux/timer";
import { schedule_work } from "linux/workqueue";
import { type labnic, labnic_check_link, labnic_hw_init, labnic_wait_idle } from "./card.ts";
import * as regs from "./regs.ts";
import {
  BUF_SIZE,
  labnic_alloc_rings,
  labnic_avail,
  labnic_free_rings,
  labnic_free_tx,
  labnic_give_rx,
  labnic_give_tx,
  labnic_refill,
  labnic_reset_rings,
  labnic_tx_clean,
  next,
} from "./rings.ts";

/** Packets that one poll may deliver. */
export const LABNIC_WEIGHT = 16;

/**
 * The interrupt handler. Only events that are enabled are acknowledged: while a poll is active the receive bits are
 * masked and must stay pending. Repeats until nothing is left, because a message (MSI) comes only once.
 */
export function labnic_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const p = netdev_priv<labnic>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  while (p.mask) {
    const raw = ioread32(p.regs + regs.ISR);
    const status = raw & p.mask;
    if (raw === regs.GONE || !status) break;
    handled = IRQ_HANDLED;
    iowrite32(status, p.regs + regs.ISR);
    if (status & regs.RX_EVENTS) labnic_schedule_poll(dev, p);
    if (status & regs.TX_EVENTS) labnic_tx_clean(dev);
    if (status & regs.LINK_CHANGE) labnic_check_link(dev, p);
  }
  mmiowb();
  spin_unlock(p.lock);
  return handled;
}

/** Has poll called, and no receive interrupts until it is done. @context p.lock held, hard interrupt */
export function labnic_schedule_poll(dev: net_device, p: labnic): void {
  if (!netif_rx_schedule_prep(dev)) return;
  labnic_set_mask(p, p.mask & ~regs.RX_EVENTS);
  __netif_rx_schedule(dev);
}

/** Tells the card which events may interrupt. @context p.lock held; mmiowb() before it is released */
export function labnic_set_mask(p: labnic, mask: number): void {
  p.mask = mask;
  iowrite32(mask, p.regs + regs.IMR);
}

/** Maps a packet, puts it into the ring and rings the doorbell. @returns false if it cannot be mapped @context p.lock held, a slot is free */
export function labnic_queue_skb(skb: sk_buff, dev: net_device, p: labnic): boolean {
  const map = pci_map_single(p.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  labnic_give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  iowrite32(p.prod, p.regs + regs.TX_TAIL);
  dev.trans_start = jiffies;
  if (!labnic_avail(p)) netif_stop_queue(dev);
  mmiowb();
  return true;
}

/** dev.hard_start_xmit. @context BHs off, xmit_lock held; netpoll also has interrupts off */
export function labnic_start_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (!labnic_avail(p)) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = labnic_queue_skb(skb, dev, p);
  if (!queued) p.stats.tx_dropped++;
  spin_unlock_irqrestore(p.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

/** Takes the frame out of slot `i` if there is a buffer to replace it; else the frame is dropped and its buffer stays. */
export function labnic_receive(dev: net_device, p: labnic, i: number, status: number): void {
  const skb = p.rx.skb[i]!;
  const map = p.rx.map[i]!;
  const len = le32_to_cpu(p.rx.d![i]!.reserved) & 0xffff;
  if (status & regs.ERROR) {
    p.stats.rx_errors++;
    return;
  }
  if (!labnic_refill(p, i)) {
    p.stats.rx_dropped++;
    return;
  }
  pci_unmap_single(p.pdev!, map, BUF_SIZE, PCI_DMA_FROMDEVICE);
  skb_put(skb, len);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  p.stats.rx_packets++;
  p.stats.rx_bytes += len;
  dev.last_rx = jiffies;
  netif_receive_skb(skb);
}

/** Takes up to `limit` frames out of the ring. @returns how many @context the device's own poll */
export function labnic_rx(dev: net_device, limit: number): number {
  const p = netdev_priv<labnic>(dev);
  let n = 0;
  for (; n < limit; n++) {
    const i = p.cur;
    const status = le32_to_cpu(p.rx.d![i]!.status);
    if (status & regs.OWN) break;
    rmb();
    labnic_receive(dev, p, i, status);
    labnic_give_rx(p, i);
    p.cur = next(i);
    iowrite32(i, p.regs + regs.RX_TAIL);
  }
  mmiowb(); // the next poll may run on another CPU
  return n;
}

/** dev.poll: done only if there was less to do than allowed; completing and unmasking are one step for the handler. */
export function labnic_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<labnic>(dev);
  const limit = Math.min(dev.quota, budget.v);
  const n = labnic_rx(dev, limit);
  dev.quota -= n;
  budget.v -= n;
  if (n === limit) return 1;
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  labnic_set_mask(p, p.mask | regs.RX_EVENTS);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

/** Lets the card work and interrupt. @context process */
export function labnic_hw_start(dev: net_device, p: labnic): void {
  spin_lock_irq(p.lock);
  p.ctrl |= regs.TX_EN | regs.RX_EN;
  iowrite32(p.ctrl, p.regs + regs.CTRL);
  labnic_check_link(dev, p);
  labnic_set_mask(p, regs.ALL_EVENTS);
  mmiowb();
  spin_unlock_irq(p.lock);
}

/** No interrupts from here on; the read makes sure that the card knows. @context process */
export function labnic_hw_quiesce(p: labnic): void {
  spin_lock_irq(p.lock);
  labnic_set_mask(p, 0);
  ioread32(p.regs + regs.IMR);
  p.ctrl = 0;
  spin_unlock_irq(p.lock);
}

/** dev.open. The core sets the filter once open has returned. @context process, rtnl */
export function labnic_open(dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  let err = labnic_alloc_rings(p);
  if (err) return err;
  labnic_hw_init(dev, p);
  err = request_irq(p.pdev!.irq, p.isr, SA_SHIRQ, dev.name, dev);
  if (err) {
    labnic_free_rings(p);
    return err;
  }
  netif_start_queue(dev);
  labnic_hw_start(dev, p);
  mod_timer(p.timer, jiffies + HZ);
  return 0;
}

/** dev.stop. The core has ended polling and transmitting. @context process, rtnl */
export function labnic_stop(dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  labnic_hw_quiesce(p);
  labnic_wait_idle(p);
  free_irq(p.pdev!.irq, dev);
  labnic_free_rings(p);
  netif_carrier_off(dev);
  return 0;
}

/**
 * Takes a running interface's card down: polling first, then interrupts, and the queue after the last moment at which a
 * handler could wake it. @context process, nobody else opens or stops
 */
export function labnic_hw_down(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  netif_poll_disable(dev);
  labnic_hw_quiesce(p);
  synchronize_irq(p.pdev!.irq);
  netif_tx_disable(dev);
  labnic_wait_idle(p);
  labnic_free_tx(p);
  labnic_reset_rings(p);
}

/** Brings it up again: a reset has forgotten rings and filter. @context as labnic_hw_down */
export function labnic_hw_up(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  labnic_hw_init(dev, p);
  spin_lock_bh(dev.xmit_lock);
  dev.set_multicast_list!(dev);
  spin_unlock_bh(dev.xmit_lock);
  netif_poll_enable(dev);
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
  labnic_hw_start(dev, p);
}

/** dev.tx_timeout: called with xmit_lock held, so a process does the work. */
export function labnic_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<labnic>(dev).work);
}

/** The work of tx_timeout. */
export function labnic_reset_task(data: unknown): void {
  const dev = data as net_device;
  rtnl_lock();
  if (netif_running(dev) && netif_device_present(dev)) {
    labnic_hw_down(dev);
    labnic_hw_up(dev);
  }
  rtnl_unlock();
}

/** Once a second: fetches the counters that the card keeps, before they run over. */
export function labnic_media_tick(data: unknown): void {
  const p = netdev_priv<labnic>(data as net_device);
  const flags = spin_lock_irqsave(p.lock);
  iowrite32(0, p.regs + regs.WINDOW);
  const missed = ioread32(p.regs + regs.RX_MISSED);
  const collisions = ioread32(p.regs + regs.COLLISIONS);
  if (missed !== regs.GONE) {
    p.stats.rx_missed_errors += missed;
    p.stats.collisions += collisions;
  }
  spin_unlock_irqrestore(p.lock, flags);
  mod_timer(p.timer, jiffies + HZ);
}

/** dev.get_stats. @context any */
export function labnic_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<labnic>(dev).stats;
}

/** dev.poll_controller: netpoll's way to have the interrupt handler run. @context interrupts off */
export function labnic_poll_controller(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  disable_irq(p.pdev!.irq);
  p.isr(p.pdev!.irq, dev);
  enable_irq(p.pdev!.irq);
}
