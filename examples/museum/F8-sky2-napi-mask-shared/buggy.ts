/*
 * sky2 and skge, 2006: handler, poll and a work change one interrupt mask, each as if it were alone.
 *
 * The handler takes the event that it leaves to somebody else out of hw.intr_mask; who has done the work puts it back:
 * poll for packets, a work for the PHY. They were guarded by local_irq_disable(), which keeps nobody off but the handler
 * of the same processor. On two of them one read-change-write swallows the other's: either packets interrupt while
 * they are polled, or nothing is received any more until the link changes next. (The real mask serves two ports, whose
 * open and stop change it, too.)
 * Mended by a lock of the hardware's (re-tells commits 791917deb63c, 80dd857daca1 and 29365c900963).
 */
// @lab workload=../workloads/flapping.ts races
// @expect napi-mask-shared lock-data-race
import { ioread32, iowrite32 } from "asm/io";
import { local_irq_disable, local_irq_enable } from "asm/system";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import {
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_running,
  netif_rx_complete,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
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
  const status = ioread32(hw.regs + regs.ISR);
  if (status === regs.GONE || !(status & hw.mask)) return IRQ_NONE;
  if (status & hw.mask & IS_PHY) {
    hw.mask &= ~IS_PHY; // BUG: no lock
    iowrite32(hw.mask, hw.regs + regs.IMR);
    schedule_work(hw.phy_task);
  }
  if (status & hw.mask & IS_STAT) {
    hw.mask &= ~IS_STAT;
    iowrite32(hw.mask, hw.regs + regs.IMR);
    if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);
  }
  return IRQ_HANDLED;
}

/* What the PHY has to say takes long to ask for. */
function sky2_phy_task(data: unknown): void {
  const dev = data as net_device;
  const hw = netdev_priv<sky2_hw>(dev);
  rtnl_lock();
  if (netif_running(dev)) {
    iowrite32(IS_PHY, hw.regs + regs.ISR);
    labnic_check_link(dev, hw);
    local_irq_disable(); // BUG: the other processor does not notice
    hw.mask |= IS_PHY;
    iowrite32(hw.mask, hw.regs + regs.IMR);
    local_irq_enable();
  }
  rtnl_unlock();
}

function sky2_poll(dev: net_device, budget: { v: number }): number {
  const hw = netdev_priv<sky2_hw>(dev);
  iowrite32(IS_STAT, hw.regs + regs.ISR);
  const flags = spin_lock_irqsave(hw.lock);
  labnic_tx_clean(dev);
  spin_unlock_irqrestore(hw.lock, flags);

  const limit = Math.min(dev.quota, budget.v);
  const work_done = labnic_rx(dev, limit);
  dev.quota -= work_done;
  budget.v -= work_done;
  if (work_done === limit) return 1;

  local_irq_disable();
  netif_rx_complete(dev);
  hw.mask |= IS_STAT;
  iowrite32(hw.mask, hw.regs + regs.IMR);
  local_irq_enable();
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
