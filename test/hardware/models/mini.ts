// A small and correct driver of LabNIC: interrupts, two rings, no NAPI.

import { cpu_to_le16, cpu_to_le32, le32_to_cpu } from "asm/byteorder";
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { wmb } from "asm/system";
import { ether_crc } from "linux/crc32";
import { udelay } from "linux/delay";
import { EIO, ENODEV, ENOMEM } from "linux/errno";
import { alloc_etherdev, eth_type_trans, is_valid_ether_addr } from "linux/etherdevice";
import { IFF_ALLMULTI, IFF_PROMISC } from "linux/if";
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
  netif_carrier_off,
  netif_carrier_on,
  netif_device_attach,
  netif_device_detach,
  netif_queue_stopped,
  netif_running,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  netif_tx_disable,
  netif_wake_queue,
  register_netdev,
  SET_NETDEV_DEV,
  unregister_netdev,
} from "linux/netdevice";
import {
  PCI_D0,
  PCI_DEVICE,
  PCI_DMA_FROMDEVICE,
  PCI_DMA_TODEVICE,
  pci_alloc_consistent,
  pci_choose_state,
  type pci_dev,
  pci_disable_device,
  pci_disable_msi,
  pci_dma_mapping_error,
  pci_enable_device,
  pci_enable_msi,
  pci_free_consistent,
  pci_get_drvdata,
  pci_iomap,
  pci_iounmap,
  pci_map_single,
  pci_register_driver,
  pci_release_regions,
  pci_request_regions,
  pci_restore_state,
  pci_save_state,
  pci_set_drvdata,
  pci_set_master,
  pci_set_power_state,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { dev_alloc_skb, dev_kfree_skb_any, type sk_buff, skb_put, skb_reserve } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { __le16, __le32, struct } from "linux/types";

const CTRL = 0x00;
const STATUS = 0x04;
const ISR = 0x08;
const IMR = 0x0c;
const TX_BASE = 0x10;
const TX_COUNT = 0x14;
const TX_TAIL = 0x18;
const RX_BASE = 0x20;
const RX_COUNT = 0x24;
const RX_TAIL = 0x28;
const MAC_LO = 0x30;
const MAC_HI = 0x34;
const MC_LO = 0x38;
const MC_HI = 0x3c;
const RESET = 1;
const TX_EN = 2;
const RX_EN = 4;
const PROMISC = 8;
const ALLMULTI = 16;
const TX_DONE = 1;
const RX_DONE = 2;
const LINK_CHANGE = 4;
const RX_OVERFLOW = 8;
const TX_ERROR = 16;
const EVENTS = TX_DONE | RX_DONE | LINK_CHANGE | RX_OVERFLOW | TX_ERROR;
const OWN = 0x80000000;
const ERROR = 2;
const RING = 8;
const BUF = 1536;

const desc = struct({ addr: __le32, len: __le16, flags: __le16, status: __le32, reserved: __le32 });

const new_ring = (pdev: pci_dev) => pci_alloc_consistent(pdev, desc, RING);
type ring = NonNullable<ReturnType<typeof new_ring>["cpu"]>;

class mini {
  pdev: pci_dev | null = null;
  io = 0;
  lock = new spinlock_t();
  tx: ring | null = null;
  tx_dma = 0;
  rx: ring | null = null;
  rx_dma = 0;
  tx_skb: (sk_buff | null)[] = [];
  tx_map: number[] = [];
  tx_head = 0;
  tx_tail = 0;
  rx_skb: (sk_buff | null)[] = [];
  rx_map: number[] = [];
  rx_next = 0;
  ctrl = 0;
  stats = new net_device_stats();
}

function set_filter(dev: net_device, p: mini): void {
  let mode = p.ctrl & ~(PROMISC | ALLMULTI);
  const hash = [0, 0];
  if (dev.flags & IFF_PROMISC) mode |= PROMISC;
  else if (dev.flags & IFF_ALLMULTI) mode |= ALLMULTI;
  for (let m = dev.mc_list; m !== null; m = m.next) {
    const bit = ether_crc(6, m.dmi_addr) >>> 26;
    hash[bit >> 5] = hash[bit >> 5]! | (1 << (bit & 31));
  }
  iowrite32(hash[0]!, p.io + MC_LO);
  iowrite32(hash[1]!, p.io + MC_HI);
  p.ctrl = mode;
  iowrite32(mode, p.io + CTRL);
}

function mini_set_multicast_list(dev: net_device): void {
  const p = netdev_priv<mini>(dev);
  const flags = spin_lock_irqsave(p.lock);
  set_filter(dev, p);
  spin_unlock_irqrestore(p.lock, flags);
}

function fill_rx(p: mini, i: number): boolean {
  const skb = dev_alloc_skb(BUF + 2);
  if (skb === null) return false;
  skb_reserve(skb, 2);
  const map = pci_map_single(p.pdev!, skb.data, BUF, PCI_DMA_FROMDEVICE);
  if (pci_dma_mapping_error(map)) {
    dev_kfree_skb_any(skb);
    return false;
  }
  p.rx_skb[i] = skb;
  p.rx_map[i] = map;
  return true;
}

function give_rx(p: mini, i: number): void {
  p.rx![i]!.addr = cpu_to_le32(p.rx_map[i]!);
  p.rx![i]!.len = cpu_to_le16(BUF);
  p.rx![i]!.flags = 0;
  p.rx![i]!.reserved = 0;
  wmb();
  p.rx![i]!.status = cpu_to_le32(OWN);
}

function free_rings(p: mini): void {
  for (let i = 0; i < RING; i++) {
    if (p.rx_skb[i]) {
      pci_unmap_single(p.pdev!, p.rx_map[i]!, BUF, PCI_DMA_FROMDEVICE);
      dev_kfree_skb_any(p.rx_skb[i]!);
      p.rx_skb[i] = null;
    }
    if (p.tx_skb[i]) {
      pci_unmap_single(p.pdev!, p.tx_map[i]!, p.tx_skb[i]!.len, PCI_DMA_TODEVICE);
      dev_kfree_skb_any(p.tx_skb[i]!);
      p.tx_skb[i] = null;
    }
  }
}

function hw_reset(p: mini): void {
  iowrite32(RESET, p.io + CTRL);
  for (let i = 0; i < 100 && ioread32(p.io + CTRL) & RESET; i++) udelay(1);
}

function hw_up(dev: net_device, p: mini): void {
  hw_reset(p);
  iowrite32(p.tx_dma, p.io + TX_BASE);
  iowrite32(RING, p.io + TX_COUNT);
  iowrite32(p.rx_dma, p.io + RX_BASE);
  iowrite32(RING, p.io + RX_COUNT);
  const a = dev.dev_addr;
  iowrite32(a[0]! | (a[1]! << 8) | (a[2]! << 16) | (a[3]! << 24), p.io + MAC_LO);
  iowrite32(a[4]! | (a[5]! << 8), p.io + MAC_HI);
  p.ctrl = TX_EN | RX_EN;
  set_filter(dev, p);
  iowrite32(RING - 1, p.io + RX_TAIL);
  iowrite32(EVENTS, p.io + IMR);
  ioread32(p.io + IMR);
}

function hw_down(p: mini): void {
  iowrite32(0, p.io + IMR);
  iowrite32(0, p.io + CTRL);
  p.ctrl = 0;
  for (let i = 0; i < 1000 && ioread32(p.io + STATUS) & 6; i++) udelay(1);
}

function start(dev: net_device, p: mini): number {
  p.tx_head = p.tx_tail = p.rx_next = 0;
  for (let i = 0; i < RING; i++) {
    p.tx![i]!.status = 0;
    if (!fill_rx(p, i)) {
      free_rings(p);
      return -ENOMEM;
    }
    give_rx(p, i);
  }
  const err = request_irq(p.pdev!.irq, mini_interrupt, SA_SHIRQ, dev.name, dev);
  if (err) {
    free_rings(p);
    return err;
  }
  const flags = spin_lock_irqsave(p.lock);
  hw_up(dev, p);
  if (ioread32(p.io + STATUS) & 1) netif_carrier_on(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

function stop(dev: net_device, p: mini): void {
  const flags = spin_lock_irqsave(p.lock);
  hw_down(p);
  spin_unlock_irqrestore(p.lock, flags);
  free_irq(p.pdev!.irq, dev);
  free_rings(p);
}

function mini_open(dev: net_device): number {
  const p = netdev_priv<mini>(dev);
  const err = start(dev, p);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function mini_stop(dev: net_device): number {
  netif_tx_disable(dev);
  stop(dev, netdev_priv<mini>(dev));
  netif_carrier_off(dev);
  return 0;
}

function mini_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<mini>(dev);
  const flags = spin_lock_irqsave(p.lock);
  const i = p.tx_tail;
  const next = (i + 1) % RING;
  if (next === p.tx_head) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const map = pci_map_single(p.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) {
    p.stats.tx_dropped++;
    spin_unlock_irqrestore(p.lock, flags);
    dev_kfree_skb_any(skb);
    return NETDEV_TX_OK;
  }
  p.tx_skb[i] = skb;
  p.tx_map[i] = map;
  p.tx![i]!.addr = cpu_to_le32(map);
  p.tx![i]!.len = cpu_to_le16(skb.len);
  p.tx![i]!.flags = cpu_to_le16(3);
  wmb();
  p.tx![i]!.status = cpu_to_le32(OWN);
  wmb();
  p.tx_tail = next;
  iowrite32(next, p.io + TX_TAIL);
  dev.trans_start = jiffies;
  if ((next + 1) % RING === p.tx_head) netif_stop_queue(dev);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function tx_done(dev: net_device, p: mini): void {
  while (p.tx_head !== p.tx_tail) {
    const i = p.tx_head;
    const status = le32_to_cpu(p.tx![i]!.status);
    if (status & OWN) break;
    const skb = p.tx_skb[i]!;
    pci_unmap_single(p.pdev!, p.tx_map[i]!, skb.len, PCI_DMA_TODEVICE);
    if (status & ERROR) p.stats.tx_errors++;
    else {
      p.stats.tx_packets++;
      p.stats.tx_bytes += skb.len;
    }
    p.tx_skb[i] = null;
    dev_kfree_skb_any(skb);
    p.tx_head = (i + 1) % RING;
  }
  const room = (p.tx_tail + 1) % RING !== p.tx_head;
  if (room && netif_queue_stopped(dev) && netif_running(dev)) netif_wake_queue(dev);
}

function rx_done(dev: net_device, p: mini): void {
  for (;;) {
    const i = p.rx_next;
    const status = le32_to_cpu(p.rx![i]!.status);
    if (status & OWN) break;
    const len = le32_to_cpu(p.rx![i]!.reserved) & 0xffff;
    const skb = p.rx_skb[i]!;
    const map = p.rx_map[i]!;
    if (status & ERROR) p.stats.rx_errors++;
    else if (fill_rx(p, i)) {
      pci_unmap_single(p.pdev!, map, BUF, PCI_DMA_FROMDEVICE);
      skb_put(skb, len);
      skb.dev = dev;
      skb.protocol = eth_type_trans(skb, dev);
      netif_rx(skb);
      dev.last_rx = jiffies;
      p.stats.rx_packets++;
      p.stats.rx_bytes += len;
    } else p.stats.rx_dropped++;
    give_rx(p, i);
    p.rx_next = (i + 1) % RING;
    iowrite32(i, p.io + RX_TAIL);
  }
}

function mini_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<mini>(dev);
  const flags = spin_lock_irqsave(p.lock);
  let handled = IRQ_NONE;
  for (let i = 0; i < 32; i++) {
    const status = ioread32(p.io + ISR);
    if (status === 0xffffffff || !(status & EVENTS) || !(p.ctrl & TX_EN)) break;
    iowrite32(status, p.io + ISR);
    handled = IRQ_HANDLED;
    if (status & LINK_CHANGE) {
      if (ioread32(p.io + STATUS) & 1) netif_carrier_on(dev);
      else netif_carrier_off(dev);
    }
    if (status & (TX_DONE | TX_ERROR)) tx_done(dev, p);
    if (status & (RX_DONE | RX_OVERFLOW)) rx_done(dev, p);
  }
  ioread32(p.io + ISR);
  spin_unlock_irqrestore(p.lock, flags);
  return handled;
}

function mini_tx_timeout(dev: net_device): void {
  const p = netdev_priv<mini>(dev);
  const flags = spin_lock_irqsave(p.lock);
  iowrite32(0, p.io + IMR);
  hw_reset(p);
  p.stats.tx_errors++;
  for (let i = 0; i < RING; i++) {
    if (p.tx_skb[i]) {
      pci_unmap_single(p.pdev!, p.tx_map[i]!, p.tx_skb[i]!.len, PCI_DMA_TODEVICE);
      dev_kfree_skb_any(p.tx_skb[i]!);
      p.tx_skb[i] = null;
    }
    p.tx![i]!.status = 0;
    give_rx(p, i);
  }
  p.tx_head = p.tx_tail = p.rx_next = 0;
  hw_up(dev, p);
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
}

function mini_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<mini>(dev).stats;
}

function setup(dev: net_device, p: mini, pdev: pci_dev): number {
  const tx = new_ring(pdev);
  if (tx.cpu === null) return -ENOMEM;
  const rx = new_ring(pdev);
  if (rx.cpu === null) {
    pci_free_consistent(pdev, tx.cpu, tx.dma);
    return -ENOMEM;
  }
  p.tx = tx.cpu;
  p.tx_dma = tx.dma;
  p.rx = rx.cpu;
  p.rx_dma = rx.dma;
  const lo = ioread32(p.io + MAC_LO);
  const hi = ioread32(p.io + MAC_HI);
  for (let i = 0; i < 6; i++) dev.dev_addr[i] = i < 4 ? lo >>> (8 * i) : hi >>> (8 * (i - 4));
  const err = is_valid_ether_addr(dev.dev_addr) ? register_netdev(dev) : -EIO;
  if (err) {
    pci_free_consistent(pdev, p.tx, p.tx_dma);
    pci_free_consistent(pdev, p.rx, p.rx_dma);
  }
  return err;
}

function mini_probe(pdev: pci_dev): number {
  let err = pci_enable_device(pdev);
  if (err) return err;
  disable: {
    err = pci_request_regions(pdev, "mini");
    if (err) break disable;
    regions: {
      pci_set_master(pdev);
      const dev = alloc_etherdev(mini);
      if (dev === null) {
        err = -ENOMEM;
        break regions;
      }
      const p = netdev_priv<mini>(dev);
      p.pdev = pdev;
      spin_lock_init(p.lock);
      SET_NETDEV_DEV(dev, pdev.dev);
      pci_set_drvdata(pdev, dev);
      p.io = pci_iomap(pdev, 0, 0);
      if (p.io === 0) {
        err = -ENODEV;
      } else {
        pci_enable_msi(pdev);
        dev.open = mini_open;
        dev.stop = mini_stop;
        dev.hard_start_xmit = mini_xmit;
        dev.tx_timeout = mini_tx_timeout;
        dev.watchdog_timeo = 500;
        dev.get_stats = mini_get_stats;
        dev.set_multicast_list = mini_set_multicast_list;
        dev.irq = pdev.irq;
        err = setup(dev, p, pdev);
        if (err === 0) return 0;
        pci_disable_msi(pdev);
        pci_iounmap(pdev, p.io);
      }
      pci_set_drvdata(pdev, null);
      free_netdev(dev);
    }
    pci_release_regions(pdev);
  }
  pci_disable_device(pdev);
  return err;
}

function mini_remove(pdev: pci_dev): void {
  const dev = pci_get_drvdata<net_device>(pdev);
  const p = netdev_priv<mini>(dev);
  unregister_netdev(dev);
  pci_free_consistent(pdev, p.tx, p.tx_dma);
  pci_free_consistent(pdev, p.rx, p.rx_dma);
  pci_disable_msi(pdev);
  pci_iounmap(pdev, p.io);
  pci_set_drvdata(pdev, null);
  free_netdev(dev);
  pci_release_regions(pdev);
  pci_disable_device(pdev);
}

function mini_suspend(pdev: pci_dev, state: number): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  netif_device_detach(dev);
  if (netif_running(dev)) {
    netif_tx_disable(dev);
    stop(dev, netdev_priv<mini>(dev));
  }
  pci_save_state(pdev);
  pci_disable_device(pdev);
  pci_set_power_state(pdev, pci_choose_state(pdev, state));
  return 0;
}

function mini_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  pci_set_power_state(pdev, PCI_D0);
  pci_restore_state(pdev);
  const err = pci_enable_device(pdev);
  if (err) return err;
  pci_set_master(pdev);
  if (netif_running(dev)) {
    const failed = start(dev, netdev_priv<mini>(dev));
    if (failed) return failed;
    netif_start_queue(dev);
  }
  netif_device_attach(dev);
  return 0;
}

const mini_driver = {
  name: "mini",
  id_table: [PCI_DEVICE(0x4c41, 0x424e)],
  probe: mini_probe,
  remove: mini_remove,
  suspend: mini_suspend,
  resume: mini_resume,
};

module_init(() => pci_register_driver(mini_driver));
module_exit(() => pci_unregister_driver(mini_driver));
