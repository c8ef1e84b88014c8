/*
 * korina, 2010, mended: the handler schedules a work, which may sleep and wait (re-tells commit ceb3d2394532). As the merged
 * work takes no lock, close() may run beside it; this one takes rtnl and looks whether the interface is still up.
 */
// @lab workload=../workloads/overrun.ts
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { disable_irq, enable_irq, IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_running, netif_stop_queue } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { labnic } from "../../labnic/card.ts";
import { labnic_hw_down, labnic_hw_up } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import * as regs from "../../labnic/regs.ts";
import { nic_interrupt } from "../base/nic.ts";

class korina_private extends labnic {
  restart_task = new work_struct();
}

/* Stops the card, throws away what is in its rings, and starts it again. */
function korina_restart_task(data: unknown): void {
  const dev = data as net_device;
  rtnl_lock();
  if (netif_running(dev)) {
    disable_irq(dev.irq);
    labnic_hw_down(dev);
    labnic_hw_up(dev);
    enable_irq(dev.irq);
  }
  rtnl_unlock();
}

function korina_ovr_interrupt(dev: net_device): number {
  const lp = netdev_priv<korina_private>(dev);
  if (!(ioread32(lp.regs + regs.ISR) & lp.mask & regs.RX_OVERFLOW)) return IRQ_NONE;
  netif_stop_queue(dev);
  iowrite32(regs.RX_OVERFLOW, lp.regs + regs.ISR);
  schedule_work(lp.restart_task);
  return IRQ_HANDLED;
}

/* The chip has a line for each kind of event; here they share one. */
function korina_interrupt(_irq: number, dev_id: unknown): number {
  const overrun = korina_ovr_interrupt(dev_id as net_device);
  return overrun | nic_interrupt(dev_id);
}

function korina_setup(dev: net_device): void {
  const lp = netdev_priv<korina_private>(dev);
  INIT_WORK(lp.restart_task, korina_restart_task, dev);
  lp.isr = korina_interrupt;
}

const korina_driver = labnic_driver({ name: "korina", priv: korina_private, setup: korina_setup });
module_init(() => pci_register_driver(korina_driver));
module_exit(() => pci_unregister_driver(korina_driver));
