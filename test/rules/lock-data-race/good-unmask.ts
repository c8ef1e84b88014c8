/* open sets what the handler counts, and then lets the card interrupt; nobody else writes it: right without a lock. */
// @lab workload=../../../examples/museum/workloads/flapping.ts races
// @expect none
import { IRQ_HANDLED, request_irq, SA_SHIRQ } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic, labnic_hw_init } from "../../../examples/labnic/card.ts";
import { labnic_hw_start, labnic_interrupt } from "../../../examples/labnic/netdev.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";
import { labnic_alloc_rings, labnic_free_rings } from "../../../examples/labnic/rings.ts";

class my_priv extends labnic {
  events = 0;
}

function my_interrupt(irq: number, dev_id: unknown): number {
  const handled = labnic_interrupt(irq, dev_id);
  // the line is shared: others may interrupt before open has set it
  if (handled === IRQ_HANDLED) netdev_priv<my_priv>(dev_id as net_device).events++;
  return handled;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  let err = labnic_alloc_rings(p);
  if (err) return err;
  labnic_hw_init(dev, p);
  err = request_irq(dev.irq, p.isr, SA_SHIRQ, dev.name, dev);
  if (err) {
    labnic_free_rings(p);
    return err;
  }
  p.events = 0;
  netif_start_queue(dev);
  labnic_hw_start(dev, p);
  return 0;
}

function my_setup(dev: net_device): void {
  dev.open = my_open;
  netdev_priv<my_priv>(dev).isr = my_interrupt;
}

const driver = labnic_driver({ name: "count", priv: my_priv, setup: my_setup });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
