/* The card on its bus: found, lost, sent to sleep, woken. */
import { iowrite32 } from "asm/io";
import { EIO, ENODEV, ENOMEM } from "linux/errno";
import { alloc_etherdev, is_valid_ether_addr } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import {
  free_netdev,
  type net_device,
  netdev_priv,
  netif_device_attach,
  netif_device_detach,
  netif_running,
  register_netdev,
  SET_NETDEV_DEV,
  unregister_netdev,
} from "linux/netdevice";
import {
  DMA_32BIT_MASK,
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
  pci_release_regions,
  pci_request_regions,
  pci_restore_state,
  pci_save_state,
  pci_set_dma_mask,
  pci_set_drvdata,
  pci_set_master,
  pci_set_power_state,
} from "linux/pci";
import { spin_lock_init } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer } from "linux/timer";
import { flush_scheduled_work, INIT_WORK } from "linux/workqueue";
import {
  labnic,
  labnic_mdio_read,
  labnic_mdio_write,
  labnic_read_mac,
  labnic_set_multicast_list,
} from "./card.ts";
import { labnic_ethtool_ops, labnic_ioctl } from "./ethtool.ts";
import {
  LABNIC_WEIGHT,
  labnic_get_stats,
  labnic_hw_down,
  labnic_hw_up,
  labnic_interrupt,
  labnic_media_tick,
  labnic_open,
  labnic_poll,
  labnic_poll_controller,
  labnic_reset_task,
  labnic_start_xmit,
  labnic_stop,
  labnic_tx_timeout,
} from "./netdev.ts";
import * as regs from "./regs.ts";

/** What one driver of this card has of its own. */
export interface labnic_variant {
  name: string;
  /** Class of the private area, if it is more than `labnic`. */
  priv?: new () => labnic;
  /** Changes callbacks, before the device is registered. */
  setup?: (dev: net_device) => void;
}

function labnic_setup(dev: net_device, pdev: pci_dev): void {
  const p = netdev_priv<labnic>(dev);
  p.pdev = pdev;
  p.isr = labnic_interrupt;
  spin_lock_init(p.lock);
  init_timer(p.timer);
  p.timer.function = labnic_media_tick;
  p.timer.data = dev;
  INIT_WORK(p.work, labnic_reset_task, dev);
  p.mii.dev = dev;
  p.mii.phy_id = 1;
  p.mii.phy_id_mask = 0x1f;
  p.mii.reg_num_mask = 0x1f;
  p.mii.mdio_read = labnic_mdio_read;
  p.mii.mdio_write = labnic_mdio_write;
  SET_NETDEV_DEV(dev, pdev.dev);
  dev.irq = pdev.irq;
  dev.open = labnic_open;
  dev.stop = labnic_stop;
  dev.hard_start_xmit = labnic_start_xmit;
  dev.poll = labnic_poll;
  dev.weight = LABNIC_WEIGHT;
  dev.tx_timeout = labnic_tx_timeout;
  dev.watchdog_timeo = 5 * HZ;
  dev.get_stats = labnic_get_stats;
  dev.set_multicast_list = labnic_set_multicast_list;
  dev.do_ioctl = labnic_ioctl;
  dev.poll_controller = labnic_poll_controller;
  dev.ethtool_ops = labnic_ethtool_ops;
}

/* Registers last: from then on the interface can be opened. */
function labnic_add_netdev(pdev: pci_dev, io: number, variant: labnic_variant): number {
  const dev = alloc_etherdev(variant.priv ?? labnic);
  if (dev === null) return -ENOMEM;
  const p = netdev_priv<labnic>(dev);
  p.regs = io;
  labnic_setup(dev, pdev);
  iowrite32(0, io + regs.IMR);
  labnic_read_mac(dev, p);
  variant.setup?.(dev);
  pci_set_drvdata(pdev, dev);
  const err = is_valid_ether_addr(dev.dev_addr) ? register_netdev(dev) : -EIO;
  if (err) {
    pci_set_drvdata(pdev, null);
    free_netdev(dev);
  }
  return err;
}

function labnic_map(pdev: pci_dev, variant: labnic_variant): number {
  const io = pci_iomap(pdev, 0, 0);
  if (io === 0) return -ENODEV;
  pci_enable_msi(pdev);
  const err = labnic_add_netdev(pdev, io, variant);
  if (err) {
    pci_disable_msi(pdev);
    pci_iounmap(pdev, io);
  }
  return err;
}

function labnic_probe(pdev: pci_dev, variant: labnic_variant): number {
  let err = pci_enable_device(pdev);
  if (err) return err;
  err_disable: {
    err = pci_request_regions(pdev, variant.name);
    if (err) break err_disable;
    err_regions: {
      err = pci_set_dma_mask(pdev, DMA_32BIT_MASK);
      if (err) break err_regions;
      pci_set_master(pdev);
      err = labnic_map(pdev, variant);
      if (!err) return 0;
    }
    pci_release_regions(pdev);
  }
  pci_disable_device(pdev);
  return err;
}

/* The flush comes after unregistering, when nobody can queue the work any more, and before the memory goes. */
function labnic_remove(pdev: pci_dev): void {
  const dev = pci_get_drvdata<net_device>(pdev);
  const p = netdev_priv<labnic>(dev);
  unregister_netdev(dev);
  flush_scheduled_work();
  pci_disable_msi(pdev);
  pci_iounmap(pdev, p.regs);
  pci_set_drvdata(pdev, null);
  free_netdev(dev);
  pci_release_regions(pdev);
  pci_disable_device(pdev);
}

function labnic_suspend(pdev: pci_dev, state: number): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  netif_device_detach(dev);
  if (netif_running(dev)) {
    del_timer_sync(netdev_priv<labnic>(dev).timer);
    labnic_hw_down(dev);
  }
  pci_save_state(pdev);
  pci_disable_device(pdev);
  pci_set_power_state(pdev, pci_choose_state(pdev, state));
  return 0;
}

function labnic_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  pci_set_power_state(pdev, PCI_D0);
  pci_restore_state(pdev);
  const err = pci_enable_device(pdev);
  if (err) return err;
  pci_set_master(pdev);
  if (netif_running(dev)) {
    labnic_hw_up(dev);
    mod_timer(netdev_priv<labnic>(dev).timer, jiffies + HZ);
  }
  netif_device_attach(dev);
  return 0;
}

/** The driver of the card, with what the variant changes. */
export function labnic_driver(variant: labnic_variant): pci_driver {
  return {
    name: variant.name,
    id_table: [PCI_DEVICE(regs.PCI_VENDOR_ID_LAB, regs.PCI_DEVICE_ID_LABNIC)],
    probe: (pdev) => labnic_probe(pdev, variant),
    remove: labnic_remove,
    suspend: labnic_suspend,
    resume: labnic_resume,
  };
}
