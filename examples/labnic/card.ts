/* The card itself: private data, reset, filter, link, PHY. */
import { ioread32, iowrite32, mmiowb } from "asm/io";
import { ether_crc } from "linux/crc32";
import { udelay } from "linux/delay";
import { IFF_ALLMULTI, IFF_PROMISC } from "linux/if";
import { mii_if_info } from "linux/mii";
import {
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
} from "linux/netdevice";
import { pci_alloc_consistent, type pci_dev } from "linux/pci";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { timer_list } from "linux/timer";
import { work_struct } from "linux/workqueue";
import * as regs from "./regs.ts";

/** Descriptors of a ring. */
export const RING_SIZE = 8;

export const new_ring = (pdev: pci_dev) => pci_alloc_consistent(pdev, regs.desc, RING_SIZE);
type descriptors = NonNullable<ReturnType<typeof new_ring>["cpu"]>;

/** One ring of descriptors, and what the driver remembers of each. */
export class labnic_ring {
  d: descriptors | null = null;
  dma = 0;
  skb: (sk_buff | null)[] = [];
  map: number[] = [];
}

/** Private data of an interface. */
export class labnic {
  pdev: pci_dev | null = null;
  regs = 0;
  /** Guards mask, ctrl, the transmit ring and the registers. */
  lock = new spinlock_t();
  /** What IMR holds; 0 while the card is not up. */
  mask = 0;
  /** What CTRL holds. */
  ctrl = 0;
  tx = new labnic_ring();
  /** Next transmit descriptor to fill, and the oldest that the card has not given back. */
  prod = 0;
  cons = 0;
  rx = new labnic_ring();
  /** Next receive descriptor to look at: poll's own. */
  cur = 0;
  timer = new timer_list();
  work = new work_struct();
  /** The interrupt handler. */
  isr: (irq: number, dev_id: unknown) => number = () => 0;
  mii = new mii_if_info();
  stats = new net_device_stats();
}

/** Ends what the card does, forgets rings and filter, and clears status and mask. */
export function labnic_hw_reset(p: labnic): void {
  iowrite32(regs.RESET, p.regs + regs.CTRL);
  for (let i = 0; i < 100 && ioread32(p.regs + regs.CTRL) & regs.RESET; i++) udelay(1);
}

/** Switches both engines off and waits for a transfer that is running: then the card touches no memory any more. */
export function labnic_wait_idle(p: labnic): void {
  iowrite32(0, p.regs + regs.CTRL);
  for (let i = 0; i < 1000; i++) {
    const status = ioread32(p.regs + regs.STATUS);
    if (status === regs.GONE || !(status & (regs.TX_ACTIVE | regs.RX_ACTIVE))) return;
    udelay(1);
  }
}

/** Tells the card, fresh from a reset, its address and where the rings are. Both engines are off. */
export function labnic_hw_init(dev: net_device, p: labnic): void {
  const mac = dev.dev_addr;
  labnic_hw_reset(p);
  iowrite32(mac[0]! | (mac[1]! << 8) | (mac[2]! << 16) | (mac[3]! << 24), p.regs + regs.MAC_LO);
  iowrite32(mac[4]! | (mac[5]! << 8), p.regs + regs.MAC_HI);
  iowrite32(p.tx.dma, p.regs + regs.TX_BASE);
  iowrite32(RING_SIZE, p.regs + regs.TX_COUNT);
  iowrite32(p.rx.dma, p.regs + regs.RX_BASE);
  iowrite32(RING_SIZE, p.regs + regs.RX_COUNT);
  iowrite32(RING_SIZE - 1, p.regs + regs.RX_TAIL);
}

/** The address that the card has from the factory, or was told last. */
export function labnic_read_mac(dev: net_device, p: labnic): void {
  const lo = ioread32(p.regs + regs.MAC_LO);
  const hi = ioread32(p.regs + regs.MAC_HI);
  for (let i = 0; i < 6; i++) dev.dev_addr[i] = i < 4 ? lo >>> (8 * i) : hi >>> (8 * (i - 4));
}

/** dev.set_multicast_list: writes the hash filter and the mode. @context xmit_lock held */
export function labnic_set_multicast_list(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  const hash = [0, 0];
  const flags = spin_lock_irqsave(p.lock);
  let mode = 0;
  if (dev.flags & IFF_PROMISC) mode = regs.PROMISC;
  else if (dev.flags & IFF_ALLMULTI) mode = regs.ALLMULTI;
  for (let mc = dev.mc_list; mc !== null; mc = mc.next) {
    const bit = ether_crc(6, mc.dmi_addr) >>> 26;
    hash[bit >> 5] = hash[bit >> 5]! | (1 << (bit & 31));
  }
  iowrite32(hash[0]!, p.regs + regs.MC_LO);
  iowrite32(hash[1]!, p.regs + regs.MC_HI);
  p.ctrl = (p.ctrl & ~(regs.PROMISC | regs.ALLMULTI)) | mode;
  iowrite32(p.ctrl, p.regs + regs.CTRL);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
}

/** Carries the cable's state over to the stack. @context p.lock held */
export function labnic_check_link(dev: net_device, p: labnic): void {
  if (ioread32(p.regs + regs.STATUS) & regs.LINK) netif_carrier_on(dev);
  else netif_carrier_off(dev);
}

function labnic_mdio(p: labnic, command: number): number {
  iowrite32(command, p.regs + regs.MII_CMD);
  for (let i = 0; i < 100 && ioread32(p.regs + regs.MII_CMD) & regs.MII_BUSY; i++) udelay(1);
  return ioread32(p.regs + regs.MII_DATA) & 0xffff;
}

/** Reads a register of the PHY. @context rtnl held: ethtool and ioctls come one by one */
export function labnic_mdio_read(dev: net_device, phy_id: number, location: number): number {
  return labnic_mdio(netdev_priv<labnic>(dev), (phy_id << regs.MII_PHY_SHIFT) | location);
}

/** Writes a register of the PHY. @context rtnl held */
export function labnic_mdio_write(dev: net_device, phy_id: number, location: number, val: number): void {
  const p = netdev_priv<labnic>(dev);
  iowrite32(val, p.regs + regs.MII_DATA);
  labnic_mdio(p, regs.MII_WRITE | (phy_id << regs.MII_PHY_SHIFT) | location);
}
