/* The work asks under rtnl. */
// @lab workload=./link-and-down.ts
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv, netif_running } from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { GONE, ISR, LINK_CHANGE, MII_BUSY, MII_CMD, MII_PHY_SHIFT } from "../../../examples/labnic/regs.ts";
import { link_check, link_module, link_priv } from "../lib/link-card.ts";

class phy_priv extends link_priv {
  work = new work_struct();
}

/** Asks the PHY what it has agreed upon: takes a while. */
function ask_phy(p: phy_priv): void {
  for (let reg = 0; reg < 6; reg++) {
    iowrite32((1 << MII_PHY_SHIFT) | reg, p.io + MII_CMD);
    for (let i = 0; i < 50 && ioread32(p.io + MII_CMD) & MII_BUSY; i++) udelay(2);
  }
}

function phy_work(dev: net_device): void {
  rtnl_lock();
  if (netif_running(dev)) ask_phy(netdev_priv<phy_priv>(dev));
  rtnl_unlock();
}

function phy_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<phy_priv>(dev);
  const events = ioread32(p.io + ISR);
  if (events === GONE || !(events & LINK_CHANGE)) return IRQ_NONE;
  iowrite32(LINK_CHANGE, p.io + ISR);
  link_check(dev, p.io);
  schedule_work(p.work);
  return IRQ_HANDLED;
}

link_module({
  priv: phy_priv,
  interrupt: phy_interrupt,
  setup: (dev) => INIT_WORK(netdev_priv<phy_priv>(dev).work, phy_work, dev),
  cleanup: flush_scheduled_work,
});
