/* An interface that is down has no PHY to ask. */
// @lab workload=../lib/private-ioctl.ts
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { EAGAIN, EOPNOTSUPP } from "linux/errno";
import type { ifreq } from "linux/if";
import { type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { type pci_dev, pci_get_drvdata } from "linux/pci";
import { SIOCDEVPRIVATE } from "linux/sockios";
import { MII_BUSY, MII_CMD, MII_DATA, MII_PHY_SHIFT } from "../../../examples/labnic/regs.ts";
import {
  link_module,
  link_open,
  type link_priv,
  link_resume,
  link_sleep,
  link_stop,
  link_suspend,
  link_wake,
} from "../lib/link-card.ts";

/** A state that is not "on". */
const PMSG_SUSPEND = 3;
const BMSR = 1;

function thrifty_open(dev: net_device): number {
  const pdev = netdev_priv<link_priv>(dev).pdev!;
  const err = link_wake(pdev) || link_open(dev);
  if (err) link_sleep(pdev, PMSG_SUSPEND);
  return err;
}

function thrifty_stop(dev: net_device): number {
  link_stop(dev);
  link_sleep(netdev_priv<link_priv>(dev).pdev!, PMSG_SUSPEND);
  return 0;
}

function read_phy(io: number, reg: number): number {
  iowrite32((1 << MII_PHY_SHIFT) | reg, io + MII_CMD);
  for (let i = 0; i < 100 && ioread32(io + MII_CMD) & MII_BUSY; i++) udelay(1);
  return ioread32(io + MII_DATA) & 0xffff;
}

function thrifty_ioctl(dev: net_device, ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  if (!netif_running(dev)) return -EAGAIN;
  const answer = ifr.ifr_data as { status?: number };
  answer.status = read_phy(netdev_priv<link_priv>(dev).io, BMSR);
  return 0;
}

/* Who is down sleeps already. */
function thrifty_suspend(pdev: pci_dev, state: number): number {
  return netif_running(pci_get_drvdata<net_device>(pdev)) ? link_suspend(pdev, state) : 0;
}

function thrifty_resume(pdev: pci_dev): number {
  return netif_running(pci_get_drvdata<net_device>(pdev)) ? link_resume(pdev) : 0;
}

link_module({
  setup: (dev) => link_sleep(netdev_priv<link_priv>(dev).pdev!, PMSG_SUSPEND),
  cleanup: (dev) => void link_wake(netdev_priv<link_priv>(dev).pdev!),
  suspend: thrifty_suspend,
  resume: thrifty_resume,
  callbacks: { open: thrifty_open, stop: thrifty_stop, do_ioctl: thrifty_ioctl },
});
