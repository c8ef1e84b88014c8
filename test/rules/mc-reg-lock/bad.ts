/* CTRL is shared by the filter and the transmitter's pause, and only one of them locks: wrong. */
// @lab workload=../lib/groups.ts
// @expect mc-reg-lock ?mmio-window
import { ioread32, iowrite32 } from "asm/io";
import { IFF_ALLMULTI, IFF_PROMISC } from "linux/if";
import { HZ, jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { type pci_dev, pci_get_drvdata } from "linux/pci";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { ALLMULTI, CTRL, PROMISC } from "../../../examples/labnic/regs.ts";
import { link_module, link_open, link_priv, link_resume, link_stop, link_suspend } from "../lib/link-card.ts";

/** CTRL: sends what it is given back to the receiver. */
const LOOPBACK = 0x20;

class test_priv extends link_priv {
  timer = new timer_list();
}

/* The filter is a software one: the card hears all groups, or everything. */
function set_rx_mode(dev: net_device): void {
  const { io } = netdev_priv<test_priv>(dev);
  let mode = ioread32(io + CTRL) & ~(PROMISC | ALLMULTI);
  if (dev.flags & IFF_PROMISC) mode |= PROMISC;
  if (dev.mc_count > 0 || dev.flags & IFF_ALLMULTI) mode |= ALLMULTI;
  iowrite32(mode, io + CTRL);
}

/* Looks now and then whether the card hears itself. */
function self_test(dev: net_device): void {
  const p = netdev_priv<test_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  iowrite32(ioread32(p.io + CTRL) ^ LOOPBACK, p.io + CTRL);
  spin_unlock_irqrestore(p.lock, flags);
  mod_timer(p.timer, jiffies + HZ / 250);
}

function test_open(dev: net_device): number {
  const err = link_open(dev);
  if (!err) mod_timer(netdev_priv<test_priv>(dev).timer, jiffies + 1);
  return err;
}

function test_stop(dev: net_device): number {
  del_timer_sync(netdev_priv<test_priv>(dev).timer);
  return link_stop(dev);
}

function test_suspend(pdev: pci_dev, state: number): number {
  del_timer_sync(netdev_priv<test_priv>(pci_get_drvdata<net_device>(pdev)).timer);
  return link_suspend(pdev, state);
}

function test_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  const err = link_resume(pdev);
  if (!err && netif_running(dev)) mod_timer(netdev_priv<test_priv>(dev).timer, jiffies + 1);
  return err;
}

link_module({
  priv: test_priv,
  suspend: test_suspend,
  resume: test_resume,
  setup: (dev) => {
    const { timer } = netdev_priv<test_priv>(dev);
    init_timer(timer);
    timer.function = self_test;
    timer.data = dev;
  },
  callbacks: { open: test_open, stop: test_stop, set_multicast_list: set_rx_mode },
});
