/**
 * The part that drivers of a card share if they need no ring: found on the bus, opened, its link followed by interrupt,
 * closed, sent to sleep. What it is to send it drops. A driver gives what it wants different.
 */
import { ioread32, iowrite32 } from "asm/io";
import { ENODEV, ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_device_attach,
  netif_device_detach,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  SET_NETDEV_DEV,
  unregister_netdev,
} from "linux/netdevice";
import {
  PCI_D0,
  PCI_DEVICE,
  pci_choose_state,
  type pci_dev,
  pci_disable_device,
  pci_disable_msi,
  type pci_driver,
  pci_enable_device,
  pci_enable_msi,
  pci_get_drvdata,
  pci_iomap,
  pci_iounmap,
  pci_register_driver,
  pci_release_regions,
  pci_request_regions,
  pci_restore_state,
  pci_save_state,
  pci_set_drvdata,
  pci_set_power_state,
  pci_unregister_driver,
} from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import {
  GONE,
  IMR,
  ISR,
  LINK,
  LINK_CHANGE,
  MAC_HI,
  MAC_LO,
  PCI_DEVICE_ID_LABNIC,
  PCI_VENDOR_ID_LAB,
  STATUS,
} from "../../../examples/labnic/regs.ts";

/** What every private area begins with. */
export class link_priv {
  pdev: pci_dev | null = null;
  io = 0;
  lock = new spinlock_t();
  stats = new net_device_stats();
}

export interface link_driver extends Partial<pci_driver> {
  priv?: new () => link_priv;
  /** Runs before the device is registered. */
  setup?: (dev: net_device) => void;
  /** Runs in remove, before the device is unregistered. */
  before_unregister?: (dev: net_device) => void;
  /** Runs when the device was unregistered, or could not be registered. */
  cleanup?: (dev: net_device) => void;
  interrupt?: (irq: number, dev: net_device) => number;
  callbacks?: Partial<net_device>;
}

/** The interrupt handler of the module. */
let interrupt: NonNullable<link_driver["interrupt"]> = link_interrupt;

export function link_check(dev: net_device, io: number): void {
  if (ioread32(io + STATUS) & LINK) netif_carrier_on(dev);
  else netif_carrier_off(dev);
}

export function link_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<link_priv>(dev);
  const status = ioread32(io + ISR);
  if (status === GONE || !(status & LINK_CHANGE)) return IRQ_NONE;
  iowrite32(LINK_CHANGE, io + ISR);
  link_check(dev, io);
  return IRQ_HANDLED;
}

export function link_up(dev: net_device): void {
  const { io } = netdev_priv<link_priv>(dev);
  link_check(dev, io);
  iowrite32(LINK_CHANGE, io + IMR);
}

/** No interrupts from here on; the read makes sure that the card knows. */
export function link_down(dev: net_device): void {
  const { io } = netdev_priv<link_priv>(dev);
  iowrite32(0, io + IMR);
  ioread32(io + IMR);
}

export function link_request(dev: net_device): number {
  return request_irq(netdev_priv<link_priv>(dev).pdev!.irq, interrupt, SA_SHIRQ, dev.name, dev);
}

export function link_open(dev: net_device): number {
  const err = link_request(dev);
  if (err) return err;
  link_up(dev);
  netif_start_queue(dev);
  return 0;
}

export function link_stop(dev: net_device): number {
  netif_stop_queue(dev);
  link_down(dev);
  free_irq(netdev_priv<link_priv>(dev).pdev!.irq, dev);
  netif_carrier_off(dev);
  return 0;
}

export function link_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<link_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.stats.tx_dropped++;
  dev.trans_start = jiffies;
  spin_unlock_irqrestore(p.lock, flags);
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

export function link_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<link_priv>(dev).stats;
}

/** Off the bus: for a device that may be open. */
export function link_sleep(pdev: pci_dev, state: number): void {
  pci_save_state(pdev);
  pci_disable_device(pdev);
  pci_set_power_state(pdev, pci_choose_state(pdev, state));
}

export function link_wake(pdev: pci_dev): number {
  pci_set_power_state(pdev, PCI_D0);
  pci_restore_state(pdev);
  return pci_enable_device(pdev);
}

export function link_suspend(pdev: pci_dev, state: number): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  netif_device_detach(dev);
  if (netif_running(dev)) {
    link_down(dev);
    free_irq(pdev.irq, dev);
  }
  link_sleep(pdev, state);
  return 0;
}

export function link_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  let err = link_wake(pdev);
  if (err) return err;
  if (netif_running(dev)) {
    err = link_request(dev);
    if (err) return err;
    link_up(dev);
  }
  netif_device_attach(dev);
  return 0;
}

function add_netdev(pdev: pci_dev, io: number, driver: link_driver): number {
  const dev = alloc_etherdev(driver.priv ?? link_priv);
  if (!dev) return -ENOMEM;
  const p = netdev_priv<link_priv>(dev);
  Object.assign(p, { pdev, io });
  spin_lock_init(p.lock);
  SET_NETDEV_DEV(dev, pdev.dev);
  const [lo, hi] = [ioread32(io + MAC_LO), ioread32(io + MAC_HI)];
  for (let i = 0; i < 6; i++) dev.dev_addr[i] = (i < 4 ? lo : hi) >>> (8 * (i % 4));
  dev.irq = pdev.irq;
  dev.open = link_open;
  dev.stop = link_stop;
  dev.hard_start_xmit = link_xmit;
  dev.get_stats = link_get_stats;
  Object.assign(dev, driver.callbacks);
  driver.setup?.(dev);
  pci_set_drvdata(pdev, dev);
  const err = register_netdev(dev);
  if (err) {
    driver.cleanup?.(dev);
    pci_set_drvdata(pdev, null);
    free_netdev(dev);
  }
  return err;
}

function probe(pdev: pci_dev, driver: link_driver): number {
  let err = pci_enable_device(pdev);
  if (err) return err;
  err = pci_request_regions(pdev, "link");
  if (!err) {
    pci_enable_msi(pdev);
    const io = pci_iomap(pdev, 0, 0);
    err = io === 0 ? -ENODEV : add_netdev(pdev, io, driver);
    if (!err) return 0;
    if (io !== 0) pci_iounmap(pdev, io);
    pci_disable_msi(pdev);
    pci_release_regions(pdev);
  }
  pci_disable_device(pdev);
  return err;
}

function remove(pdev: pci_dev, driver: link_driver): void {
  const dev = pci_get_drvdata<net_device>(pdev);
  const { io } = netdev_priv<link_priv>(dev);
  driver.before_unregister?.(dev);
  unregister_netdev(dev);
  driver.cleanup?.(dev);
  pci_disable_msi(pdev);
  pci_iounmap(pdev, io);
  pci_set_drvdata(pdev, null);
  free_netdev(dev);
  pci_release_regions(pdev);
  pci_disable_device(pdev);
}

/** Makes a module that drives such cards. */
export function link_module(driver: link_driver): void {
  interrupt = driver.interrupt ?? link_interrupt;
  const bus: pci_driver = {
    name: "link",
    id_table: [PCI_DEVICE(PCI_VENDOR_ID_LAB, PCI_DEVICE_ID_LABNIC)],
    probe: (pdev) => probe(pdev, driver),
    remove: (pdev) => remove(pdev, driver),
    suspend: driver.suspend ?? link_suspend,
    resume: driver.resume ?? link_resume,
  };
  module_init(() => pci_register_driver(bus));
  module_exit(() => pci_unregister_driver(bus));
}
