/*
 * ps3_gelic, 2007, mended: stop() leaves polling alone. dev_close() has waited for its end already, and once the device
 * does not run nobody can schedule it (re-tells commit 14cc0a2b733c).
 */
// @lab workload=smoke
// @expect none
import { module_exit, module_init } from "linux/module";
import type { net_device } from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_open, labnic_stop } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";

/* Rings, interrupt, card: as in any other driver. */
function gelic_net_open(dev: net_device): number {
  return labnic_open(dev);
}

function gelic_net_stop(dev: net_device): number {
  return labnic_stop(dev);
}

function gelic_net_setup(dev: net_device): void {
  dev.open = gelic_net_open;
  dev.stop = gelic_net_stop;
}

const gelic_net_driver = labnic_driver({ name: "ps3_gelic", setup: gelic_net_setup });
module_init(() => pci_register_driver(gelic_net_driver));
module_exit(() => pci_unregister_driver(gelic_net_driver));
