/*
 * starfire, 2005: open() fails and leaves its interrupt handler behind.
 *
 * netdev_open() requested the interrupt and then allocated the descriptor queues. Without memory for them it returned
 * -ENOMEM at once, with the handler registered: it is called on for a device that is down. The next open registers a
 * second one, the next close frees only one, and when the module is gone the kernel calls into nothing.
 * Mended by freeing the interrupt on that path (re-tells commit d8840ac907c7).
 */
// @lab workload=smoke fault=dma-alloc:nth:1
// @expect irq-free life-open-fail-unwind ?irq-double-request
import { request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { mod_timer } from "linux/timer";
import { type labnic, labnic_hw_init } from "../../labnic/card.ts";
import { labnic_hw_start } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_alloc_rings, labnic_free_rings } from "../../labnic/rings.ts";
import { nic_quiesce } from "../base/nic.ts";

function netdev_open(dev: net_device): number {
  const np = netdev_priv<labnic>(dev);
  let retval = request_irq(dev.irq, np.isr, SA_SHIRQ, dev.name, dev);
  if (retval) return retval;
  retval = labnic_alloc_rings(np);
  if (retval) return retval; // BUG: the interrupt is still requested

  labnic_hw_init(dev, np);
  netif_start_queue(dev);
  labnic_hw_start(dev, np);
  mod_timer(np.timer, jiffies + HZ);
  return 0;
}

function netdev_close(dev: net_device): number {
  nic_quiesce(dev);
  labnic_free_rings(netdev_priv<labnic>(dev));
  return 0;
}

function starfire_setup(dev: net_device): void {
  dev.open = netdev_open;
  dev.stop = netdev_close;
}

const starfire_driver = labnic_driver({ name: "starfire", setup: starfire_setup });
module_init(() => pci_register_driver(starfire_driver));
module_exit(() => pci_unregister_driver(starfire_driver));
