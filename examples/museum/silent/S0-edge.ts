/*
 * The correct driver with interrupts that are messages: each comes once, so its handler repeats until nothing is left, and
 * an unmask that finds an event makes a new one.
 */
// @lab workload=everything irq=msi
// @expect none
import { module_exit, module_init } from "linux/module";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_driver } from "../../labnic/pci.ts";

const driver = labnic_driver({ name: "labnic" });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
