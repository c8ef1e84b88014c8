/*
 * de2104x, 2006, mended: the interrupt is requested first, and the chip is started last (re-tells commit 3f735b76a4e6).
 */
// @lab workload=updown
// @expect none
import { free_irq, request_irq, SA_SHIRQ } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { del_timer_sync, mod_timer } from "linux/timer";
import { type labnic, labnic_hw_init, labnic_wait_idle } from "../../labnic/card.ts";
import { labnic_hw_quiesce, labnic_hw_start } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_alloc_rings, labnic_free_rings } from "../../labnic/rings.ts";

/* Programs the chip, switches it on, and enables its interrupts. */
function de_init_hw(dev: net_device): void {
  const de = netdev_priv<labnic>(dev);
  labnic_hw_init(dev, de);
  labnic_hw_start(dev, de);
}

function de_stop_hw(de: labnic): void {
  labnic_hw_quiesce(de);
  labnic_wait_idle(de);
}

function de_open(dev: net_device): number {
  const de = netdev_priv<labnic>(dev);
  let rc = labnic_alloc_rings(de);
  if (rc) return rc;
  rc = request_irq(dev.irq, de.isr, SA_SHIRQ, dev.name, dev);
  if (rc) {
    labnic_free_rings(de);
    return rc;
  }
  de_init_hw(dev);
  netif_start_queue(dev);
  mod_timer(de.timer, jiffies + HZ);
  return 0;
}

function de_close(dev: net_device): number {
  const de = netdev_priv<labnic>(dev);
  netif_stop_queue(dev);
  del_timer_sync(de.timer);
  de_stop_hw(de);
  free_irq(dev.irq, dev);
  labnic_free_rings(de);
  netif_carrier_off(dev);
  return 0;
}

function de_setup(dev: net_device): void {
  dev.open = de_open;
  dev.stop = de_close;
}

const de_driver = labnic_driver({ name: "de2104x", setup: de_setup });
module_init(() => pci_register_driver(de_driver));
module_exit(() => pci_unregister_driver(de_driver));
