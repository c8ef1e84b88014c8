/* poll unmasks when it is done. */
// @lab workload=flood-rx
// @expect none
import { iowrite32 } from "asm/io";
import { module_exit, module_init } from "linux/module";
import { __netif_rx_complete, type net_device, netdev_priv } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import type { labnic } from "../../../examples/labnic/card.ts";
import { labnic_rx } from "../../../examples/labnic/netdev.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";
import { ALL_EVENTS, IMR } from "../../../examples/labnic/regs.ts";

const SLICE = 2;

function sliced_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<labnic>(dev);
  const limit = Math.min(budget.v, dev.quota, SLICE);
  const n = labnic_rx(dev, limit);
  budget.v -= n;
  dev.quota -= n;
  const more = n === limit;
  const flags = spin_lock_irqsave(p.lock);
  if (!more) {
    __netif_rx_complete(dev);
    p.mask = ALL_EVENTS;
    iowrite32(p.mask, p.regs + IMR);
  }
  spin_unlock_irqrestore(p.lock, flags);
  return more ? 1 : 0;
}

const driver = labnic_driver({ name: "sliced", setup: (dev) => void (dev.poll = sliced_poll) });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
