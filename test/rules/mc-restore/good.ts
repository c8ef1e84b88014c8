/* Who resets the card writes its filter again. */
// @lab workload=./groups-and-hang.ts
// @expect none

import { iowrite32 } from "asm/io";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_device_present,
  netif_poll_enable,
  netif_running,
  netif_wake_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { spin_lock_bh, spin_lock_irq, spin_unlock_bh, spin_unlock_irq } from "linux/spinlock";
import { INIT_WORK } from "linux/workqueue";
import { type labnic, labnic_hw_init, labnic_set_multicast_list } from "../../../examples/labnic/card.ts";
import { labnic_hw_down, labnic_set_mask } from "../../../examples/labnic/netdev.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";
import { ALL_EVENTS, CTRL, RX_EN, TX_EN } from "../../../examples/labnic/regs.ts";

function restart(dev: net_device, p: labnic): void {
  labnic_hw_init(dev, p);
  netif_poll_enable(dev);
  dev.trans_start = jiffies;
  netif_wake_queue(dev);
  spin_lock_irq(p.lock);
  p.ctrl |= TX_EN | RX_EN;
  iowrite32(p.ctrl, p.regs + CTRL);
  labnic_set_mask(p, ALL_EVENTS);
  spin_unlock_irq(p.lock);
  spin_lock_bh(dev.xmit_lock);
  labnic_set_multicast_list(dev);
  spin_unlock_bh(dev.xmit_lock);
}

function reset_work(dev: net_device): void {
  rtnl_lock();
  if (netif_running(dev) && netif_device_present(dev)) {
    labnic_hw_down(dev);
    restart(dev, netdev_priv<labnic>(dev));
  }
  rtnl_unlock();
}

const driver = labnic_driver({
  name: "forgetful",
  setup: (dev) => INIT_WORK(netdev_priv<labnic>(dev).work, reset_work, dev),
});
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
