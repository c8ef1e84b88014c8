// A NAPI card, in the style of drivers with many small helpers: locks behind wrappers, results handed through.

import { readl, writel } from "asm/io";
import { stats, wait } from "lab/workload";
import { complete } from "linux/completion";
import { udelay } from "linux/delay";
import { ENODEV, ENOMEM } from "linux/errno";
import { alloc_etherdev, eth_type_trans } from "linux/etherdevice";
import { module_exit, module_init } from "linux/init";
import { jiffies } from "linux/jiffies";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  dev_alloc_skb,
  dev_close,
  dev_kfree_skb,
  dev_kfree_skb_any,
  dev_kfree_skb_irq,
  dev_open,
  free_irq,
  free_netdev,
  GFP_KERNEL,
  IRQ_HANDLED,
  IRQ_NONE,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_poll_disable,
  netif_poll_enable,
  netif_queue_stopped,
  netif_receive_skb,
  netif_running,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
  netif_tx_disable,
  netif_wake_queue,
  register_netdev,
  request_irq,
  SA_SHIRQ,
  type sk_buff,
  skb_put,
  skb_reserve,
  synchronize_irq,
  unregister_netdev,
} from "linux/netdevice";
import {
  PCI_DEVICE,
  PCI_DMA_FROMDEVICE,
  PCI_DMA_TODEVICE,
  type pci_dev,
  pci_get_drvdata,
  pci_iomap,
  pci_iounmap,
  pci_map_single,
  pci_register_driver,
  pci_set_drvdata,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { kfree, kmalloc } from "linux/slab";
import {
  local_bh_disable,
  local_bh_enable,
  spin_lock,
  spin_lock_bh,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irq,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";

const IMR = 0x0c;
const ISR = 0x08;
const RX = 2;
const TX = 1;
const N = 16;

class rx_slot {
  skb: sk_buff | null = null;
  dma = 0;
}

class chip {
  lock = new spinlock_t();
  io = 0;
  mask = 0;
  irq = 0;
  pdev: pci_dev | null = null;
  rx: rx_slot[] = [];
  cur = 0;
  tx_skb: (sk_buff | null)[] = [];
  tx_dma: number[] = [];
  tx_len: number[] = [];
  prod = 0;
  cons = 0;
  reset = new work_struct();
  stats = new net_device_stats();
}

const chip_of = (dev: net_device): chip => netdev_priv<chip>(dev);
const full = (c: chip): boolean => c.prod - c.cons >= N;

function chip_lock(c: chip): unsigned_long {
  return spin_lock_irqsave(c.lock);
}

function chip_unlock(c: chip, flags: unsigned_long): void {
  spin_unlock_irqrestore(c.lock, flags);
}

type unsigned_long = ReturnType<typeof spin_lock_irqsave>;

function set_mask(c: chip, mask: number): void {
  c.mask = mask;
  writel(mask, c.io + IMR);
}

function alloc_slot(dev: net_device, slot: rx_slot): number {
  const skb = dev_alloc_skb(1536);
  // wrong life-null-alloc:
  if (skb === null) return -ENOMEM;
  skb.dev = dev;
  skb_reserve(skb, 2);
  slot.skb = skb;
  // wrong dma-stack,?dma-unmap: slot.dma = pci_map_single(chip_of(dev).pdev!, new Uint8Array(1536), 1536, PCI_DMA_FROMDEVICE);
  slot.dma = pci_map_single(chip_of(dev).pdev!, skb.data, 1536, PCI_DMA_FROMDEVICE);
  // wrong+ dma-cpu-access: skb.data[12] = 0;
  return 0;
}

function drop_slot(c: chip, slot: rx_slot): void {
  const skb = slot.skb;
  if (!skb) return;
  // wrong dma-size: pci_unmap_single(c.pdev!, slot.dma, 1538, PCI_DMA_FROMDEVICE);
  pci_unmap_single(c.pdev!, slot.dma, 1536, PCI_DMA_FROMDEVICE);
  dev_kfree_skb_any(skb);
  slot.skb = null;
}

function tx_clean(dev: net_device): void {
  const c = chip_of(dev);
  while (c.cons !== c.prod) {
    const i = c.cons % N;
    const skb = c.tx_skb[i]!;
    // wrong dma-unmap-order,skb-uaf,?skb-double-free: dev_kfree_skb_irq(skb); pci_unmap_single(c.pdev!, c.tx_dma[i]!, skb.len, PCI_DMA_TODEVICE);
    pci_unmap_single(c.pdev!, c.tx_dma[i]!, c.tx_len[i]!, PCI_DMA_TODEVICE);
    c.stats.tx_bytes += skb.len;
    c.tx_skb[i] = null;
    // wrong skb-free-hardirq: dev_kfree_skb(skb);
    dev_kfree_skb_irq(skb);
    // wrong+ skb-uaf: c.stats.tx_packets += skb.len;
    c.cons++;
  }
  if (netif_queue_stopped(dev) && !full(c)) netif_wake_queue(dev);
}

function receive(dev: net_device, slot: rx_slot, len: number): void {
  const c = chip_of(dev);
  const skb = slot.skb!;
  pci_unmap_single(c.pdev!, slot.dma, 1536, PCI_DMA_FROMDEVICE);
  if (alloc_slot(dev, slot) < 0) {
    slot.skb = null;
    c.stats.rx_dropped++;
    // wrong+ skb-double-free,?skb-uaf: dev_kfree_skb_any(skb);
    dev_kfree_skb_any(skb);
    return;
  }
  skb_put(skb, len);
  skb.protocol = eth_type_trans(skb, dev);
  // wrong skb-use-after-rx,skb-uaf: netif_receive_skb(skb); c.stats.rx_bytes += skb.len; return;
  netif_receive_skb(skb);
  c.stats.rx_bytes += len;
}

function chip_poll(dev: net_device, budget: { v: number }): number {
  const c = chip_of(dev);
  const limit = Math.min(dev.quota, budget.v);
  let done = 0;
  // wrong+ napi-lock-poll,lock-irq-self: spin_lock(c.lock); tx_clean(dev); spin_unlock(c.lock);
  while (done < limit && readl(c.io + 0x2c) !== c.cur) {
    const slot = c.rx[c.cur]!;
    // wrong lock-order: const f = chip_lock(c); receive(dev, slot, 64); chip_unlock(c, f);
    receive(dev, slot, readl(c.io + 0x50) & 0x7ff);
    c.cur = (c.cur + 1) % N;
    done++;
  }
  // wrong napi-accounting:
  budget.v -= done;
  dev.quota -= done;
  if (done === limit) return 1;
  const flags = chip_lock(c);
  // wrong napi-ret-done:
  __netif_rx_complete(dev);
  // wrong+ napi-complete-once: __netif_rx_complete(dev);
  set_mask(c, RX | TX);
  chip_unlock(c, flags);
  // wrong napi-ret-more: return 1;
  return 0;
}

function chip_interrupt(_irq: number, dev: net_device): number {
  const c = chip_of(dev);
  spin_lock(c.lock);
  const status = readl(c.io + ISR) & c.mask;
  if (!status) {
    spin_unlock(c.lock);
    return IRQ_NONE;
  }
  writel(status, c.io + ISR);
  // wrong napi-prep: if (status & RX) {
  if (status & RX && netif_rx_schedule_prep(dev)) {
    set_mask(c, c.mask & ~RX);
    // wrong napi-prep-only:
    __netif_rx_schedule(dev);
  }
  if (status & TX) tx_clean(dev);
  // wrong+ ctx-bh-in-hardirq,?ctx-bh-enable-irqoff: local_bh_disable(); local_bh_enable();
  spin_unlock(c.lock);
  return IRQ_HANDLED;
}

function map_tx(c: chip, skb: sk_buff): number {
  const i = c.prod % N;
  c.tx_dma[i] = pci_map_single(c.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  c.tx_len[i] = skb.len;
  c.tx_skb[i] = skb;
  return ++c.prod;
}

function chip_xmit(skb: sk_buff, dev: net_device): number {
  const c = chip_of(dev);
  const flags = chip_lock(c);
  if (full(c)) {
    netif_stop_queue(dev);
    // wrong lock-leak,?ctx-preempt-imbalance:
    chip_unlock(c, flags);
    return NETDEV_TX_BUSY;
  }
  map_tx(c, skb);
  // wrong+ skb-busy-kept,?txq-busy-nostop: if (c.io === 0) { chip_unlock(c, flags); return NETDEV_TX_BUSY; }
  writel(c.prod % N, c.io + 0x18);
  // wrong txq-trans-start:
  dev.trans_start = jiffies;
  if (full(c)) netif_stop_queue(dev);
  // wrong ctx-xmit-irqs-on: spin_unlock_irq(c.lock);
  chip_unlock(c, flags);
  return NETDEV_TX_OK;
}

function quiet(dev: net_device): void {
  const c = chip_of(dev);
  const flags = chip_lock(c);
  set_mask(c, 0);
  // wrong+ mmio-post: writel(1, c.io + 0); udelay(10);
  readl(c.io + IMR);
  // wrong+ irq-free-locked,lock-wait-inside,ctx-sleep-atomic,?irq-double-free: free_irq(c.irq, dev);
  // wrong+ lock-wait-inside: synchronize_irq(c.irq);
  chip_unlock(c, flags);
}

function rings_free(c: chip): void {
  for (const slot of c.rx) drop_slot(c, slot);
  for (let i = 0; i < N; i++) {
    const skb = c.tx_skb[i];
    if (!skb) continue;
    pci_unmap_single(c.pdev!, c.tx_dma[i]!, c.tx_len[i]!, PCI_DMA_TODEVICE);
    dev_kfree_skb_any(skb);
    c.tx_skb[i] = null;
  }
}

function rings_fill(dev: net_device): number {
  const c = chip_of(dev);
  for (let i = 0; i < N; i++) {
    const slot = new rx_slot();
    c.rx[i] = slot;
    const err = alloc_slot(dev, slot);
    if (err) return err;
  }
  return 0;
}

function chip_open(dev: net_device): number {
  const c = chip_of(dev);
  let err = rings_fill(dev);
  if (err === 0) err = request_irq(c.irq, chip_interrupt, SA_SHIRQ, dev.name, dev);
  if (err) {
    rings_free(c);
    return err;
  }
  const flags = chip_lock(c);
  // wrong+ ctx-sleep-atomic,ctx-gfp: kfree(kmalloc(64, GFP_KERNEL));
  set_mask(c, RX | TX);
  chip_unlock(c, flags);
  netif_start_queue(dev);
  // wrong+ rtnl-recursion: rtnl_lock(); rtnl_unlock();
  return 0;
}

function chip_stop(dev: net_device): number {
  const c = chip_of(dev);
  netif_tx_disable(dev);
  quiet(dev);
  free_irq(c.irq, dev);
  // wrong+ rtnl-flush: flush_scheduled_work();
  rings_free(c);
  return 0;
}

function chip_reset(dev: net_device): void {
  // wrong+ rtnl-assert: dev_close(dev); dev_open(dev);
  rtnl_lock();
  if (netif_running(dev)) {
    netif_poll_disable(dev);
    quiet(dev);
    // wrong+ napi-poll-disable-atomic,ctx-sleep-atomic,?lock-irq-self,?lock-wait-inside: spin_lock_bh(chip_of(dev).lock); netif_poll_disable(dev); spin_unlock_bh(chip_of(dev).lock);
    netif_tx_disable(dev);
    netif_poll_enable(dev);
    netif_wake_queue(dev);
  }
  // wrong lock-leak:
  rtnl_unlock();
}

function chip_tx_timeout(dev: net_device): void {
  // wrong txq-timeout-recover:
  schedule_work(chip_of(dev).reset);
}

function chip_setup(pdev: pci_dev, dev: net_device): number {
  const c = chip_of(dev);
  c.pdev = pdev;
  c.io = pci_iomap(pdev, 0, 0);
  if (!c.io) return -ENODEV;
  c.irq = pdev.irq;
  spin_lock_init(c.lock);
  INIT_WORK(c.reset, chip_reset, dev);
  dev.open = chip_open;
  dev.stop = chip_stop;
  dev.hard_start_xmit = chip_xmit;
  dev.poll = chip_poll;
  // wrong napi-weight:
  dev.weight = 16;
  dev.tx_timeout = chip_tx_timeout;
  dev.get_stats = (d) => chip_of(d).stats;
  // wrong+ stat-temp: dev.get_stats = (d) => { const s = chip_of(d).stats; s.rx_errors = readl(chip_of(d).io + 0x90); s.rx_errors += s.rx_dropped; return s; };
  return 0;
}

function chip_probe(pdev: pci_dev): number {
  const dev = alloc_etherdev(chip);
  if (!dev) return -ENOMEM;
  pci_set_drvdata(pdev, dev);
  let err = chip_setup(pdev, dev);
  if (!err) err = register_netdev(dev);
  // wrong+ life-double-register: if (!err) err = register_netdev(dev);
  // wrong life-netdev-leak: if (err) return err;
  if (err) free_netdev(dev);
  return err;
}

function chip_remove(pdev: pci_dev): void {
  const dev = pci_get_drvdata<net_device>(pdev);
  unregister_netdev(dev);
  // wrong work-pending-free:
  flush_scheduled_work();
  pci_iounmap(pdev, chip_of(dev).io);
  free_netdev(dev);
  // wrong+ life-double-free: free_netdev(dev);
}

const driver = {
  name: "chip",
  id_table: [PCI_DEVICE(0x4c41, 0x424e)],
  probe: chip_probe,
  remove: chip_remove,
};

module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
