/*
 * sky2 and skge, 2006, mended: one lock for whoever changes the mask; poll completes and unmasks in one go (re-tells
 * commits 791917deb63c, 80dd857daca1 and 29365c900963).
 */
// @lab workload=../workloads/flapping.ts races
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_running,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import {
  spin_lock,
  spin_lock_irq,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irq,
  spin_unlock_irqrestore,
} from "linux/spinlock";
import { INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { labnic, labnic_check_link } from "../../labnic/card.ts";
import { labnic_rx } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { labnic_tx_clean } from "../../labnic/rings.ts";

const IS_STAT = regs.RX_EVENTS | regs.TX_EVENTS;
const IS_PHY = regs.LINK_CHANGE;

class sky2_hw extends labnic {
  phy_task = new work_struct();
}

function sky2_intr(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const hw = netdev_priv<sky2_hw>(dev);
  spin_lock(hw.lock);
  const raw = ioread32(hw.regs + regs.ISR);
  const status = raw === regs.GONE ? 0 : raw & hw.mask;
  if (status & IS_PHY) {
    hw.mask &= ~IS_PHY;
    iowrite32(hw.mask, hw.regs + regs.IMR);
    schedule_work(hw.phy_task);
  }
  if (status & IS_STAT) {
    hw.mask &= ~IS_STAT;
    iowrite32(hw.mask, hw.regs + regs.IMR);
    if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);
  }
  spin_unlock(hw.lock);
  return status ? IRQ_HANDLED : IRQ_NONE;
}

/* What the PHY has to say takes long to ask for. */
function sky2_phy_task(data: unknown): void {
  const dev = data as net_device;
  const hw = netdev_priv<sky2_hw>(dev);
  rtnl_lock();
  if (netif_running(dev)) {
    iowrite32(IS_PHY, hw.regs + regs.ISR);
    labnic_check_link(dev, hw);
    spin_lock_irq(hw.lock);
    hw.mask |= IS_PHY;
    iowrite32(hw.mask, hw.regs + regs.IMR);
    spin_unlock_irq(hw.lock);
  }
  rtnl_unlock();
}

function sky2_poll(dev: net_device, budget: { v: number }): number {
  const hw = netdev_priv<sky2_hw>(dev);
  iowrite32(IS_STAT, hw.regs + regs.ISR);
  let flags = spin_lock_irqsave(hw.lock);
  labnic_tx_clean(dev);
  spin_unlock_irqrestore(hw.lock, flags);

  const limit = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;

  flags = spin_lock_irqsave(hw.lock);
  __netif_rx_complete(dev);
  hw.mask |= IS_STAT;
  iowrite32(hw.mask, hw.regs + regs.IMR);
  spin_unlock_irqrestore(hw.lock, flags);
  return 0;
}

function sky2_setup(dev: net_device): void {
  const hw = netdev_priv<sky2_hw>(dev);
  INIT_WORK(hw.phy_task, sky2_phy_task, dev);
  hw.isr = sky2_intr;
  dev.poll = sky2_poll;
}

const sky2_driver = labnic_driver({ name: "sky2", priv: sky2_hw, setup: sky2_setup });
module_init(() => pci_register_driver(sky2_driver));
module_exit(() => pci_unregister_driver(sky2_driver));
