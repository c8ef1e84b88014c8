/*
 * The correct driver under netconsole: transmitting and polling with interrupts off.
 */
// @lab workload=netpoll
// @expect none
import { module_exit, module_init } from "linux/module";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_driver } from "../../labnic/pci.ts";

const driver = labnic_driver({ name: "labnic" });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
